"""What a contact is about: topics told where the contact is told, and nowhere else."""

from __future__ import annotations

from hashlib import sha256

from rozmova.languages import loader
from rozmova.pipeline import read_article
from rozmova.records import Article, Contact


def contacts(text: str) -> tuple[Contact, ...]:
    digest = sha256(text.encode()).hexdigest()
    article = Article(id=digest[:16], path="a.txt", text=text, sha256=digest, published="2022-02-15")
    return read_article(article).contacts


def labels(contact: Contact) -> list[str]:
    return [topic.label for topic in contact.topics]


def test_topics_stand_behind_the_words_of_the_contact() -> None:
    text = "Joe Biden and Volodymyr Zelensky spoke by phone about sanctions and the prisoner exchange."
    (contact,) = contacts(text)
    assert labels(contact) == ["sanctions", "prisoner exchange"]
    assert [text[t.start : t.end] for t in contact.topics] == ["sanctions", "prisoner exchange"]


def test_a_following_sentence_may_tell_them() -> None:
    (contact,) = contacts(
        "Президент Франції Еммануель Макрон зателефонував Володимиру Зеленському. Сторони обговорили транзит газу."
    )
    assert labels(contact) == ["gas transit"]


def test_what_is_told_before_the_contact_or_far_from_it_is_no_topic() -> None:
    (contact,) = contacts(
        "Sanctions were in force since May. Emmanuel Macron met Olaf Scholz in Paris on Monday. It rained all day. "
        "Nobody came to the market. Elsewhere grain exports went on."
    )
    assert labels(contact) == []


def test_each_contact_has_its_own() -> None:
    first, second = contacts(
        "Annalena Baerbock discussed sanctions with Antony Blinken. Later she met Liz Truss to talk about migration."
    )
    assert (labels(first), labels(second)) == (["sanctions"], ["migration"])


def test_every_topic_of_a_language_is_a_shared_one() -> None:
    shared = loader.table(loader.SHARED, "topics")
    for code in loader.codes():
        assert set(loader.table(code, "topics")) <= set(shared), code
