"""Gold files of both forms are read as they stand, and wrong ones are refused by name."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from rozmova.evaluation import GoldError, is_held_out, load_gold, select

TEXT = "Прем’єрка Литви зустрілася з канцлером.\r\nПотім був обід.\n"
CONTACT = {
    "parties": [
        {"name": "Prime Minister of Lithuania", "kind": "office", "affiliation": "LTU"},
        {"name": "Chancellor of Germany", "kind": "office", "affiliation": "DEU"},
    ],
    "channel": "in_person",
    "status": "held",
    "date": None,
    "initiator": None,
    "evidence": ["Литви зустрілася з канцлером"],
    "topics": [],
}
ENTRY: dict[str, Any] = {"lang": "uk", "published": "2023-05-02", "contacts": [CONTACT], "statements": []}

Write = Callable[[str, Any], Path]


def put_text(path: Path, text: str = TEXT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_one_article_file(write: Write) -> None:
    (gold,) = load_gold([write("uk-901.json", ENTRY | {"text": TEXT})])
    article = gold.article()
    assert (gold.stem, gold.lang, len(gold.contacts)) == ("uk-901", "uk", 1)
    assert (article.path, article.text, article.published) == ("uk-901.json", TEXT, "2023-05-02")
    assert article.sha256 == sha256(TEXT.encode()).hexdigest() and article.id == article.sha256[:16]


@pytest.mark.parametrize("place", ["seeds/001.news.txt", "gold/corpus/001.news.txt"])
def test_texts_beside_a_file_of_many_articles_keep_their_newlines(write: Write, tmp_path: Path, place: str) -> None:
    file = write("gold/gold.json", {"articles": {"001.news.txt": ENTRY}})
    put_text(tmp_path / place)
    (gold,) = load_gold([file])
    assert (gold.stem, gold.text, gold.article().path) == ("001.news", TEXT, "001.news.txt")


def test_text_in_the_entry_of_a_file_of_many_articles(write: Write) -> None:
    (gold,) = load_gold([write("gold.json", {"articles": {"a.txt": ENTRY | {"text": TEXT}}})])
    assert gold.text == TEXT


def test_folder_with_its_lists(write: Write, tmp_path: Path) -> None:
    write("dev/b.json", ENTRY | {"text": TEXT})
    write("dev/more/a.json", ENTRY | {"text": TEXT})
    write("dev/borderline.json", {"b": ["Потім був обід"], "elsewhere": ["not here"]})
    write("dev/lenient.json", {"date_null_but_fresh": {"b": [0]}, "channel_from_title_only": {"a": [0], "z": [7]}})
    b, a = load_gold([tmp_path / "dev", tmp_path / "dev" / "b.json"])
    assert (a.stem, a.borderline, a.contacts[0].fresh, a.contacts[0].channel_also) == ("a", (), False, "unspecified")
    assert (b.stem, b.borderline, b.contacts[0].fresh, b.contacts[0].channel_also) == (
        "b",
        ("Потім був обід",),
        True,
        None,
    )


def test_a_file_named_alone_is_taken_as_it_stands(write: Write) -> None:
    file = write("dev/b.json", ENTRY | {"text": TEXT})
    write("dev/borderline.json", {"b": ["Потім був обід"]})
    assert load_gold([file])[0].borderline == ()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("x.json", "{not json", "x.json: JSON is malformed"),
        ("x.json", [1], "a JSON object is expected"),
        ("x.json", ENTRY, "it has no text, and no articles"),
        ("x.json", {"lang": "uk", "text": TEXT}, "annotates neither contacts nor names"),
        ("x.json", {"articles": []}, "articles: Expected `object`"),
        (
            "x.json",
            {"articles": {"gone.txt": ENTRY}},
            r"article 'gone.txt': its text is neither .*seeds.* nor .*corpus",
        ),
        ("x.json", ENTRY | {"text": "Інший текст."}, "contact 0: evidence 'Литви зустрілася з канцлером' is not in"),
        (
            "x.json",
            ENTRY | {"text": TEXT, "contacts": [CONTACT | {"channel": "fax"}]},
            r"Invalid enum value 'fax' - at `\$.contacts\[0\].channel`",
        ),
        (
            "x.json",
            ENTRY | {"text": TEXT, "contacts": [CONTACT | {"date": "May"}]},
            "contact 0: date 'May' cannot be read",
        ),
    ],
)
def test_wrong_files(write: Write, name: str, value: Any, message: str) -> None:
    with pytest.raises(GoldError, match=message) as error:
        load_gold([write(name, value)])
    assert name in str(error.value)


def test_wrong_lists(write: Write, tmp_path: Path) -> None:
    write("b.json", ENTRY | {"text": TEXT})
    lenient = write("lenient.json", {"date_null_but_fresh": {"b": [1]}})
    with pytest.raises(GoldError, match=r"lenient.json: b has no contact 1"):
        load_gold([tmp_path])
    lenient.unlink()
    write("borderline.json", {"b": ["Вечеря"]})
    with pytest.raises(GoldError, match=r"borderline.json: b: span 'Вечеря' is not in the text"):
        load_gold([tmp_path])


def test_wrong_paths_and_texts(write: Write, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="nowhere: no such file or folder"):
        load_gold([tmp_path / "nowhere"])
    with pytest.raises(GoldError, match="no gold file"):
        load_gold([tmp_path])
    write("one/a.json", ENTRY | {"text": TEXT})
    write("two/a.json", ENTRY | {"text": TEXT})
    with pytest.raises(GoldError, match=r"article 'a' is also in .*one"):
        load_gold([tmp_path / "one", tmp_path / "two"])
    file = write("three/g.json", {"articles": {"l.txt": ENTRY}})
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "l.txt").write_bytes(TEXT.encode("cp1251", "replace"))
    with pytest.raises(GoldError, match=r"g.json: article 'l.txt': text .*l.txt: 'utf-8' codec"):
        load_gold([file])


def test_the_parts_are_told_apart_by_the_stem(write: Write, tmp_path: Path) -> None:
    stems = [f"t{n}" for n in range(40)]
    for stem in stems:
        write(f"{stem}.json", ENTRY | {"text": TEXT})
    gold = load_gold([tmp_path])
    held_out, rest = select(gold, "held-out"), select(gold, "open")
    assert {g.stem for g in held_out} == {s for s in stems if int(sha256(s.encode()).hexdigest(), 16) % 5 == 0}
    assert 0 < len(held_out) < 20 and len(held_out) + len(rest) == 40
    assert all(is_held_out(g.stem) for g in held_out) and not any(is_held_out(g.stem) for g in rest)
    assert select(gold, "all") == gold
