"""Tables, archives, standard input and other encodings become articles; what is broken is named by its line."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
import tracemalloc
from hashlib import sha256
from pathlib import Path

import pytest

from rozmova.errors import InputError, Remark, Skipped
from rozmova.records import Article
from rozmova.sources import limits, warc
from rozmova.sources import read as limits_of_read
from rozmova.sources.decode import Undecodable, decode
from rozmova.sources.limits import LimitError
from rozmova.sources.read import Item, Options, read_source
from rozmova.sources.tables import read_columns
from rozmova.sources.warc import Unpacked

UK = "Президент України зателефонував своєму польському колезі. Розмова їхня тривала пів години, ґрунтовно."
PL = "Prezydent zadzwonił do kanclerza. Rozmawiali o gazie, o źródłach prądu i o łączności między państwami."
RU = "Президент позвонил канцлеру и говорил с ним полчаса. Объявлено, что ещё одна встреча пройдёт весной."
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>" + (EN := "The two ministers met in Vienna. ") * 9


def read(path: Path, content: bytes, mapping: str | None = None) -> list[Item]:
    path.write_bytes(content)
    return list(read_source(path, Options(columns=read_columns(mapping))))


def articles(items: list[Item]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


def refusals(items: list[Item]) -> list[tuple[str, str]]:
    return [(Path(item.path).name, item.reason) for item in items if isinstance(item, Skipped)]


# Encodings


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (UK, "cp1251", "windows-1251"), (UK, "koi8-u", "koi8-u"), (UK, "iso8859-5", "iso-8859-5"),
        (UK, "utf-16", "utf-16"),
        (UK, "utf-16-le", "utf-16-le"), (RU, "cp1251", "windows-1251"), (RU, "koi8-r", "koi8-u"),
        (RU, "cp866", "ibm866"),
        (RU, "mac_cyrillic", "x-mac-cyrillic"), (PL, "cp1250", "windows-1250"), (PL, "iso8859-2", "iso-8859-2"),
    ],
)  # fmt: skip
def test_other_encodings_are_detected_and_told(tmp_path: Path, text: str, codec: str, name: str) -> None:
    text = text if codec != "iso8859-5" else text.replace("ґ", "г")
    article, remark = read(tmp_path / "a.txt", f"{text}\r\n{text}".encode(codec))
    assert isinstance(article, Article)
    assert article.text == f"{text}\r\n{text}"
    assert article.encoding == name
    assert article.sha256 == sha256(article.text.encode()).hexdigest()
    assert remark == Remark(article.path, f"was not UTF-8: read as {name}")


@pytest.mark.parametrize(
    "content", [UK.encode()[:-1] + b"\xff", b"\xff\x00\x12" * 50, b"caf\xe9", bytes(range(128, 256))]
)
def test_what_cannot_be_told_is_not_guessed(content: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(content)


def test_an_encoding_given_by_hand_goes_before_detection(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Київ є".encode("cp1251"))
    assert refusals(list(read_source(tmp_path / "a.txt")))
    assert articles(list(read_source(tmp_path / "a.txt", Options(encoding="cp1251"))))[0].text == "Київ є"


# Tables


def test_jsonl_lines_become_articles_with_what_they_say(tmp_path: Path) -> None:
    row = {"body": UK, "headline": "Розмова", "date": "Thu, 30 Dec 2021 10:00:00 +0200", "link": "https://a.example/1",
           "source": "Вісті", "authors": ["О. Верба", "І. Луг"], "crawled": "2022-01-01T02:00:00+02:00"}  # fmt: skip
    items = read(tmp_path / "n.jsonl", f"{json.dumps(row)}\n\n{json.dumps({'text': EN})}\n".encode())
    first, second = articles(items)
    assert first.text == f"Розмова\n\n{UK}"
    assert (first.title, first.published, first.url) == ("Розмова", "2021-12-30", "https://a.example/1")
    assert (first.outlet, first.author, first.retrieved) == ("Вісті", "О. Верба, І. Луг", "2022-01-01T00:00:00+00:00")
    assert [Path(a.path).name for a in (first, second)] == ["n.jsonl:1", "n.jsonl:3"]
    assert second.text == EN


def test_bad_lines_are_named_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    deep = "[" * 5000 + "]" * 5000
    lines = ['{"text": "one"}', '{"text": "cut', "[1]", '{"text": 5}', '{"title": "no text"}', f'{{"text": {deep}}}',
             '{"text": "two", "date": "13/14/2021", "url": "javascript:x"}']  # fmt: skip
    items = read(tmp_path / "n.jsonl", "\n".join(lines).encode())
    assert [a.text for a in articles(items)] == ["one", "two"]
    assert [name for name, _ in refusals(items)] == [f"n.jsonl:{number}" for number in range(2, 7)]
    remarks = [item for item in items if isinstance(item, Remark)]
    assert [remark.words.split(":")[0] for remark in remarks] == ["published", "url"]
    assert articles(items)[1].url is None


def test_a_wrong_mapping_does_not_fill_the_screen(tmp_path: Path) -> None:
    found = refusals(read(tmp_path / "n.jsonl", b'{"text": "one"}\n' * 100, "text=body"))
    assert len(found) == limits.MAX_REFUSALS + 1
    assert found[-1][1] == "has 80 more such lines"


def test_a_line_beyond_the_limit_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rozmova.sources import tables

    monkeypatch.setattr(tables, "MAX_RECORD_LINE_BYTES", 1000)
    huge = b'{"text": "' + b"x" * 5000 + b'"}\n'
    items = read(tmp_path / "n.jsonl", b'{"text": "one"}\n' + huge + b'{"text": "two"}\n')
    assert [a.text for a in articles(items)] == ["one", "two"]
    assert refusals(items)[0][0] == "n.jsonl:2"
    items = read(tmp_path / "n.csv", b"text\none\n" + b"x" * 5000 + b"\ntwo\n")
    assert refusals(items)[-1][0].startswith("n.csv:")


@pytest.mark.parametrize(("sign", "codec"), [(",", "utf-8-sig"), (";", "cp1251"), ("\t", "utf-8")])
def test_csv_rows_become_articles(tmp_path: Path, sign: str, codec: str) -> None:
    rows = f'Title{sign}day{sign}Text\nРозмова{sign}30.12.2021{sign}"{UK}\nДругий рядок"\n\nІнша{sign}{sign}"{UK}"\n'
    first, second = articles(read(tmp_path / "n.csv", rows.encode(codec), "published=day"))
    assert (first.title, first.published) == ("Розмова", "2021-12-30")
    assert first.text == f"Розмова\n\n{UK}\nДругий рядок"
    assert [Path(a.path).name for a in (first, second)] == ["n.csv:2", "n.csv:5"]


def test_a_table_in_another_encoding_says_so_once(tmp_path: Path) -> None:
    items = read(tmp_path / "n.csv", "text\nПерша розмова\nДруга розмова\nТретя їхня\n".encode("cp1251"))
    assert [item for item in items if isinstance(item, Remark)] == [
        Remark(str(tmp_path / "n.csv"), "3 of its articles were not UTF-8: read as windows-1251")
    ]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-16-le"])
def test_a_table_as_spreadsheets_save_it_is_read(tmp_path: Path, codec: str) -> None:
    table = "Text\tdate\n" + f"{UK}\t2022-01-05\n" * 3_000
    content = (f"\ufeff{table}" if codec == "utf-16-le" else table).encode(codec)
    found = articles(read(tmp_path / "n.csv", content))
    assert (len(found), found[-1].text, found[-1].published) == (3_000, UK, "2022-01-05")


def test_jsonl_in_a_wide_encoding_is_refused_as_a_whole(tmp_path: Path) -> None:
    content = f'{{"text": "{UK}"}}\n'.encode("utf-16") * 3
    assert refusals(read(tmp_path / "n.jsonl", content)) == [("n.jsonl", "is in utf-16")]


def test_zero_bytes_are_named_for_what_they_are(tmp_path: Path) -> None:
    ((_, reason),) = refusals(read(tmp_path / "n.csv", b"text\na\0b\n"))
    assert reason == "has a zero byte, which no text has: at position 6 (counted from 0)"


@pytest.mark.parametrize("line", [b"\n", b"no article\n", b'{"title": "x"}\n'])
@pytest.mark.parametrize("name", ["n.jsonl", "n.csv"])
def test_a_table_that_goes_on_without_an_article_is_left(tmp_path: Path, line: bytes, name: str) -> None:
    first = b"title,text\nx,one\n" if name == "n.csv" else b'{"text": "one"}\n'
    few, many = line * (limits.MAX_BARREN_LINES - 1), line * (limits.MAX_BARREN_LINES + 1)
    last = first.splitlines(keepends=True)[-1]
    assert len(articles(read(tmp_path / name, first + few + last))) == 2
    items = read(tmp_path / name, first + many + first)
    assert len(articles(items)) == 1
    assert any("lines in a row without an article" in reason for _, reason in refusals(items))


def test_what_is_wrong_in_csv_is_named(tmp_path: Path) -> None:
    ((where, reason),) = refusals(read(tmp_path / "n.csv", b"title,body\na,b\n", "text=words"))
    assert where == "n.csv:1"
    assert "no column 'words'" in reason and "title, body" in reason
    items = read(tmp_path / "n.csv", b'title,text\na,b,c\na,good\na,"never closed\n')
    assert [a.text for a in articles(items)] == ["a\n\ngood"]
    assert [name for name, _ in refusals(items)] == ["n.csv:2", "n.csv:4"]


@pytest.mark.parametrize("mapping", ["text", "text=", "words=body", "text=a,text=b", ""])
def test_a_mapping_that_is_none_is_refused(mapping: str) -> None:
    with pytest.raises(InputError):
        read_columns(mapping)


@pytest.mark.parametrize("name", ["n.jsonl", "N.CSV"])
def test_a_table_beyond_the_limit_is_not_opened(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (b"text\n" if name == "N.CSV" else b"") + b'{"text":"one"}\n' * 3
    monkeypatch.setattr(limits_of_read, "MAX_TABLE_BYTES", len(content))
    assert len(articles(read(tmp_path / name, content))) == 3, "as large as allowed"
    (tmp_path / name).write_bytes(content + b"\n")
    with monkeypatch.context() as closed:
        closed.setattr(Path, "open", lambda *_, **__: pytest.fail("opened"))
        ((where, said),) = refusals(list(read_source(tmp_path / name)))
    assert where == name
    assert "is too large a table: 0.00 GB, and the limit is" in said
    archive = read(tmp_path / "n.warc", RECORDS[0])
    assert len(articles(archive)) == 1, "an archive has a limit of its own"


def test_the_limit_of_a_table_is_above_what_is_read_and_its_size_is_what_the_system_says(tmp_path: Path) -> None:
    with (tmp_path / "n.jsonl").open("wb") as file:
        file.truncate(limits.MAX_TABLE_BYTES + 1)  # a file with a hole: it takes no room
    ((_, said),) = refusals(list(read_source(tmp_path / "n.jsonl")))
    assert said == "is too large a table: 20.00 GB, and the limit is 20 GB"


# Archives


def record(url: str, body: bytes, kind: str = "text/html", status: str = "200 OK", extra: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-01-05T06:07:08Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def page(title: str) -> bytes:
    return PAGE.format(title).encode()


RECORDS = [
    record("https://a.example/1", page("One")),
    record("https://a.example/p.png", b"\x89PNG\n", "image/png"),
    record("https://a.example/gone", page("Gone"), status="404 Not Found"),
    record("https://a.example/2", gzip.compress(page("Two")), extra="Content-Encoding: gzip\r\n"),
    record("https://a.example/", b"<html><body><a href='/1'>One</a></body></html>"),
    record("https://a.example/3", PAGE.format("Три").replace(EN * 9, UK).encode("cp1251"), "text/html; charset=cp1251"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_an_article_for_each_page(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("n.warc.gz" if packed else "n.warc")
    items = read(path, b"".join(gzip.compress(r) if packed else r for r in RECORDS))
    found = articles(items)
    assert [(a.title, a.url) for a in found] == [
        ("One", "https://a.example/1"), ("Two", "https://a.example/2"), ("Три", "https://a.example/3")
    ]  # fmt: skip
    assert {a.retrieved for a in found} == {"2022-01-05T06:07:08+00:00"}
    assert UK in found[2].text
    assert [Path(a.path).name.split(":")[1] for a in found] == ["1", "4", "6"]
    assert any(isinstance(item, Remark) and "1 of 4 pages" in item.words for item in items)
    assert refusals(items) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[3])[:-20], "cut off"),
        (gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[3])[:40] + b"\0" * 300, "damaged"),
        (RECORDS[0] + b"no record at all\r\n\r\n", "record"),
        (gzip.compress(RECORDS[0]) + gzip.compress(gzip.compress(RECORDS[0] + b"\n" * 300_000_000)), "record"),
        (RECORDS[0] + RECORDS[3].replace(b"WARC-Target-URI: https://a.example/2\r\n", b""), "record"),
        (b"a list of things to buy\r\n", "record"),
        (gzip.compress(b""), "no web archive"),
        (b"\x1f", "record"),
        (gzip.compress(b"\n"), "record"),
        (b"WARC/1.0\r\n\r\n", "record"),
    ],
    ids=[
        "truncated",
        "damaged",
        "stray bytes",
        "packed twice",
        "no address",
        "no archive",
        "nothing",
        "a byte",
        "a line end",
        "no headers",
    ],
)
def test_a_broken_archive_is_named_and_what_was_read_stays(
    tmp_path: Path, content: bytes, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    items = read(tmp_path / "n.warc.gz", content)
    assert len(articles(items)) == content.count(b"\x1f\x8b", 0, 2) * (reason != "no web archive") or reason == "record"
    ((where, said),) = refusals(items)
    assert where.startswith("n.warc.gz:")
    assert reason in said
    assert capsys.readouterr().err == ""


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = gzip.compress(record("https://a.example/film", b"\n" * 100_000_000, "video/mp4"))
    items = read(tmp_path / "n.warc.gz", gzip.compress(RECORDS[0]) + bomb)
    assert "decompression bomb" in refusals(items)[0][1]
    one_line = Unpacked(io.BytesIO(gzip.compress(b"x" * 100_000_000)))
    with pytest.raises(LimitError):
        while one_line.read():
            pass
    assert one_line.tell() <= limits.BOMB_WINDOW_BYTES + 65_536


def test_a_page_packed_in_a_way_that_is_not_read_is_named(tmp_path: Path) -> None:
    other = record("https://a.example/b", b"\x1b\x00\x00", extra="Content-Encoding: br\r\n")
    items = read(tmp_path / "n.warc", other + RECORDS[0])
    assert refusals(items) == [("n.warc:1", "is packed as 'br'")]
    assert [a.title for a in articles(items)] == ["One"]


def test_a_page_that_unpacks_to_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = record("https://a.example/b", gzip.compress(b" " * 50_000_000), extra="Content-Encoding: gzip\r\n")
    items = read(tmp_path / "n.warc", bomb + RECORDS[0])
    assert "more than 10 MB" in refusals(items)[0][1]
    assert [a.title for a in articles(items)] == ["One"]


def test_bounds_of_an_archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(warc, "MAX_WARC_BYTES", 2000)
    assert "larger than" in refusals(read(tmp_path / "n.warc", RECORDS[0] * 10))[0][1]


@pytest.mark.parametrize(
    "head",
    [
        b"\n" * 30_000_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 5_000_000,
        b"WARC/1.0" + b"x" * 30_000_000,
        record("https://a.example/2", b"", extra="a: b\r\n" * 5_000_000),
    ],
    ids=["empty lines", "headers", "a line", "headers of an answer"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_lines_without_an_end_are_refused_soon_and_held_by_nothing(tmp_path: Path, head: bytes, packed: bool) -> None:
    content = RECORDS[0] + head
    if packed:  # three stretches that do not compress keep it from being told by its ratio
        content = gzip.compress(RECORDS[0]) + gzip.compress(head + os.urandom(1_000_000))
    read(tmp_path / "first.warc", RECORDS[0])  # what is imported by the first page is not counted
    tracemalloc.start()
    start = time.monotonic()
    items = read(tmp_path / "n.warc.gz", content)
    took, (_, most) = time.monotonic() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [a.title for a in articles(items)] == ["One"]
    ((where, said),) = refusals(items)
    assert where == "n.warc.gz:2"
    assert "0.5 MB of headers" in said
    assert took < 20
    assert most < 40_000_000


def test_a_long_record_that_is_no_page_is_passed_over(tmp_path: Path) -> None:
    film = record("https://a.example/film", os.urandom(1_000) * 1_000, "video/mp4")
    assert len(articles(read(tmp_path / "n.warc", film + RECORDS[0] + b"\r\n" * 100 + RECORDS[3]))) == 2


# Standard input


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (UK.encode("cp1251"), UK),
        (page("One"), "One\n\nThe two"),
        (b'{"text": "one"}\n', "one"),
        (b"".join(RECORDS), "One\n\nThe two"),
        (gzip.compress(RECORDS[0]), "One\n\nThe two"),
    ],
    ids=["text", "page", "jsonl", "warc", "warc.gz"],
)
def test_standard_input_is_read_by_what_it_is(content: bytes, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert articles(list(read_source(Path("-"))))[0].text.startswith(text)


def test_news_that_compresses_well_is_no_bomb() -> None:
    line = b"The two ministers met in Vienna and spoke about the bridge. " * 2 + b"\n"
    text = b"".join(b"%d " % number + line for number in range(100_000))
    unpacked = Unpacked(io.BytesIO(gzip.compress(text)))
    assert len(gzip.compress(text)) * 20 < len(text)
    assert b"".join(iter(unpacked.read, b"")) == text
