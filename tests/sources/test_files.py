"""Files that are articles keep every character; files that are none are named with the reason."""

from __future__ import annotations

import gzip
import inspect
import os
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from rozmova.errors import Skipped
from rozmova.records import Article
from rozmova.sources.files import read_file
from rozmova.sources.limits import MAX_FILE_BYTES, MAX_LINE_BYTES
from rozmova.sources.read import read_articles


def skipped(path: Path) -> Skipped:
    found = list(read_articles([path]))
    assert len(found) == 1
    assert isinstance(found[0], Skipped), f"{path} was read as an article"
    assert found[0].path == str(path)
    assert found[0].hint, "a refusal must say what to do"
    return found[0]


def test_an_article_is_its_content_unchanged(tmp_path: Path) -> None:
    content = "\ufeffТелефонна розмова\r\n\r\nBiden zadzwonił.\x92 e\u0301\r\n".encode()
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    article = read_file(file)
    assert isinstance(article, Article)
    assert article.text.encode() == content
    assert article.sha256 == sha256(content).hexdigest()
    assert article.id == article.sha256[:16]
    assert article.path == str(file)
    assert article.published is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "only white space"),
        ("\ufeff\u200b\n".encode(), "only white space"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 32)) * 10, "binary"),
        (gzip.compress(b"\n" * 50_000_000), "packed with gzip"),
        (b"abc \xca\xe8\xbf\xe2", "byte 0xca at position 4"),
        (b"a" * (MAX_LINE_BYTES + 1), "a line of 0.5 MB, and the limit is 0.5 MB"),
        (b"a line\n" * (MAX_FILE_BYTES // 7 + 1), "1.00 MB, and the limit is 1 MB"),
    ],
    ids=["empty", "white-space", "invisible", "picture", "control-bytes", "gzip", "windows-1251", "line", "size"],
)
def test_what_is_no_article_is_refused_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    assert reason in skipped(file).reason


def test_a_stray_control_character_does_not_lose_an_article(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"The presidents spoke on Monday. " * 20 + b"\x02")
    assert isinstance(read_file(file), Article)


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    assert "does not exist" in skipped(tmp_path / "no.txt").reason


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    assert "no .txt file" in skipped(tmp_path).reason


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in skipped(tmp_path / "pipe.txt").reason


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # By the system's answer and not by chmod: the superuser may read everything.
    (tmp_path / "secret.txt").write_text("text")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "cannot be read: permission denied" in skipped(tmp_path / "secret.txt").reason


def test_a_folder_gives_its_text_files_at_any_depth_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/b/c.txt", "notes.md", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"text of {name}")
    found = [article.path for article in read_articles([tmp_path])]
    assert found == [str(tmp_path / name) for name in ("a/b/c.txt", "a/z.TXT", "b.txt")]


def test_links_in_a_circle_cost_nothing_but_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b").symlink_to(tmp_path)
    (tmp_path / "c.txt").symlink_to(tmp_path / "d.txt")
    (tmp_path / "d.txt").symlink_to(tmp_path / "c.txt")
    (tmp_path / "e.txt").symlink_to(tmp_path)
    found = list(read_articles([tmp_path]))
    assert [(Path(item.path).name, type(item)) for item in found if isinstance(item, Article)] == [("a.txt", Article)]
    refused = {Path(item.path).name: item.reason for item in found if isinstance(item, Skipped)}
    assert refused.keys() <= {"c.txt", "d.txt"}
    assert all("cannot be read: too many levels" in reason for reason in refused.values())


def test_a_link_out_of_a_folder_is_not_followed_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in/a.txt").write_text("text")
    (tmp_path / "in/b.txt").symlink_to("a.txt")
    for name, target in (("c.txt", "../secret.txt"), ("d.html", "/etc/passwd"), ("e.jsonl", "/dev/zero")):
        (tmp_path / "in" / name).symlink_to(target)
    found = list(read_articles([tmp_path / "in"]))
    assert [Path(item.path).name for item in found if isinstance(item, Article)] == ["a.txt"]
    refused = [item for item in found if isinstance(item, Skipped)]
    assert [Path(item.path).name for item in refused] == ["c.txt", "d.html", "e.jsonl"]
    assert refused[0].reason == f"is a link out of the folder, to {tmp_path / 'secret.txt'}"
    assert "name that file itself" in refused[0].hint
    (article,) = read_articles([tmp_path / "in/c.txt"])
    assert isinstance(article, Article)
    (tmp_path / "link").symlink_to("in")
    assert [type(item) for item in read_articles([tmp_path / "link"])].count(Article) == 1


def test_folders_within_one_another_are_read_to_the_end(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath(*["d"] * 300)
    deepest.mkdir(parents=True)
    (deepest / "a.txt").write_text("text")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)  # lower instead of deeper: pytest could not clear that away
    try:
        (found,) = read_articles([tmp_path])
    finally:
        sys.setrecursionlimit(before)
    assert isinstance(found, Article)
    assert found.path.endswith("d/d/a.txt")


def test_files_come_in_the_order_given_and_once(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.md"):
        (tmp_path / name).write_text(name)
    paths = [tmp_path / "3.md", tmp_path / "2.txt", tmp_path, tmp_path / "2.txt"]
    assert [Path(found.path).name for found in read_articles(paths)] == ["3.md", "2.txt", "1.txt"]


def test_bad_files_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("one")
    (tmp_path / "2.txt").write_bytes(b"\0")
    (tmp_path / "3.txt").write_text("three")
    kinds = [type(found) for found in read_articles([tmp_path, tmp_path / "no.txt"])]
    assert kinds == [Article, Skipped, Article, Skipped]


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"\xff.txt")  # noqa: PTH118 - pathlib takes no bytes
    try:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"text")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (article,) = read_articles([tmp_path])
    assert article.path.endswith("\\xff.txt")
