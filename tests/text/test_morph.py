"""Readings of words, in the names of Universal Dependencies, whichever library gives them."""

from __future__ import annotations

import pytest

from rozmova.text.analysis import analyst
from rozmova.text.morph import Ending, Morph, decline_name, make_analyser

READINGS = """
uk річкою      річка      NOUN Case=Ins|Gender=Fem|Number=Sing
uk містами     місто      NOUN Case=Ins|Number=Plur
uk послові     посол      NOUN Case=Dat|Gender=Masc|Number=Sing
uk переговорах переговори NOUN Case=Loc|Number=Plur
uk великого    великий    ADJ  Case=Gen|Gender=Masc|Number=Sing
uk зустрілися  зустрітися VERB Number=Plur|Tense=Past|VerbForm=Fin
uk зустрінеться зустрітися VERB Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
uk говорю      говорити   VERB Number=Sing|Person=1|Tense=Pres|VerbForm=Fin
uk поговорити  поговорити VERB VerbForm=Inf
uk Марією      марія      NOUN Case=Ins|Gender=Fem|NameType=Giv|Number=Sing
pl rzeką       rzeka      NOUN Case=Ins|Gender=Fem|Number=Sing
pl miastami    miasto     NOUN Case=Ins|Gender=Neut|Number=Plur
pl ministrowi  minister   NOUN Case=Dat|Gender=Masc|Number=Sing
pl rozmowach   rozmowa    NOUN Case=Loc|Gender=Fem|Number=Plur
pl wielkiego   wielki     ADJ  Case=Gen|Number=Sing
pl rozmawiali  rozmawiać  VERB Gender=Masc|Number=Plur|Tense=Past|VerbForm=Fin
pl rozmawia    rozmawiać  VERB Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
pl spotka      spotkać    VERB Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
pl rozmawiałem rozmawiać  VERB Gender=Masc|Number=Sing|Person=1|Tense=Past|VerbForm=Fin
pl rozmawiając rozmawiać  VERB VerbForm=Conv
pl poinformowano poinformować VERB Tense=Past|VerbForm=Fin|Voice=Pass
pl Kowalskiego kowalski   NOUN Case=Gen|Gender=Masc|NameType=Sur|Number=Sing
ru рекой       река       NOUN Case=Ins|Gender=Fem|Number=Sing
ru городами    город      NOUN Case=Ins|Gender=Masc|Number=Plur
ru послу       посол      NOUN Case=Dat|Gender=Masc|Number=Sing
ru встретились встретиться VERB Number=Plur|Tense=Past|VerbForm=Fin
ru встретится  встретиться VERB Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
ru говоря      говорить   VERB Tense=Pres|VerbForm=Conv
ru Иванову     иванов     NOUN Case=Dat|Gender=Masc|NameType=Sur|Number=Sing
en rivers      river      NOUN Number=Plur
en talks       talk       NOUN Number=Plur
en talks       talk       VERB Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
en met         meet       VERB Tense=Past|VerbForm=Fin
en speaking    speak      VERB VerbForm=Ger
en with        with       ADP  _
en will        will       AUX  Tense=Fut|VerbForm=Fin
"""


@pytest.mark.parametrize("line", READINGS.strip().splitlines(), ids=lambda line: " ".join(line.split()[:2]))
def test_reading(line: str) -> None:
    code, word, lemma, pos, features = line.split()
    morphs, keys = analyst(code).readings(word.lower(), word[0].isupper())
    found = {(m.lemma, m.pos, m.features()) for m in morphs}
    if "Gender" not in features or code == "ru":  # a plural has a gender in some dictionaries only
        found |= {(a, b, "|".join(f for f in c.split("|") if not f.startswith("Gender"))) for a, b, c in found}
    assert (lemma, pos, features) in found
    assert {word.lower(), lemma, f"{lemma}/{pos}"} <= keys


@pytest.mark.parametrize(
    ("code", "word"),
    [("uk", "спотканізація"), ("pl", "spotkanizacja"), ("ru", "встречанизация"), ("en", "meetingisation")],
)
def test_an_unknown_word_keeps_its_form_as_a_key(code: str, word: str) -> None:
    morphs, keys = analyst(code).readings(word, False)
    assert word in keys
    assert not any(m.known for m in morphs) or code == "en"


def test_an_unknown_capitalised_word_may_be_a_name_of_itself() -> None:
    for code, name in (("uk", "Гжедінґсон"), ("pl", "Grzedingsson"), ("ru", "Гжедингсон"), ("en", "Grzedingsson")):
        morphs, _ = analyst(code).readings(name.lower(), True)
        case = "" if code == "en" else "Nom"  # without declension a form tells no case
        assert (name.lower(), case, "Sur", False) in [(m.lemma, m.case, m.nametype, m.known) for m in morphs]


ENDINGS = (Ending("ом", "", "Ins", "Masc", "нрт"), Ending("ою", "а", "Ins", "Fem"))


def test_names_decline_by_endings() -> None:
    found = decline_name("бергсоном", ENDINGS)
    assert [(m.lemma, m.case, m.gender) for m in found] == [("бергсоном", "Nom", ""), ("бергсон", "Ins", "Masc")]
    assert ("берга", "Ins", "Fem") in [(m.lemma, m.case, m.gender) for m in decline_name("бергою", ENDINGS)]


def test_an_ending_wants_its_letter_before_it_and_leaves_a_stem() -> None:
    assert len(decline_name("бергом", ENDINGS)) == 1
    assert len(decline_name("ном", ENDINGS)) == 1
    assert len(decline_name("нином", ENDINGS)) == 2


def test_features_of_a_word_without_any() -> None:
    assert Morph("and", "CCONJ").features() == "_"


def test_an_unknown_tool_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'stanza'.*pymorphy3, morfeusz2, lemminflect"):
        make_analyser({"tool": "stanza"})


def test_the_word_before_narrows_the_readings() -> None:
    noun, verb = (analyst("en").analyse(text).tokens[1] for text in ("The call", "Will call"))
    assert "call/VERB" not in noun.keys
    assert "call/NOUN" not in verb.keys
