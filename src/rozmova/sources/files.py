"""Text files into articles; what cannot be one is named with the reason, and the run goes on.

An article's text is the file's content unchanged: decoded from UTF-8 without newline translation, without
normalisation, and with a byte order mark, if there is one, kept as the first character. So offsets count in exactly
what ``open(path, encoding="utf-8", newline="").read()`` gives, and the digest of the text is the digest of the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from rozmova.errors import Skipped
from rozmova.records import Article

MAX_FILE_BYTES = 5_000_000
"""A newspaper page has about 50,000 bytes; anything a hundred times larger is a dump, not an article."""

MAX_LINE_BYTES = 1_000_000
"""Text that people read has line ends; a line this long is data."""

_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r")
_CONTROLS = bytes(b for b in (*range(32), 127) if b not in _TEXT_CONTROLS)
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"
"""Characters that show nothing and that ``str.isspace`` does not count: a file of these is as good as empty."""


def read_articles(paths: Iterable[Path]) -> Iterator[Article | Skipped]:
    """Read files and folders, one article a file, in the order given; see :func:`find_files`."""
    for found in find_files(paths):
        yield found if isinstance(found, Skipped) else read_file(found)


def find_files(paths: Iterable[Path]) -> Iterator[Path | Skipped]:
    """Name the files that paths stand for: a file for itself, a folder for every ``.txt`` in it at any depth.

    Files of a folder come sorted by path; hidden ones (a leading dot) and links to folders are passed over. A file
    named twice comes once, where it was first named.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path):
            key = found.path if isinstance(found, Skipped) else str(found.resolve())
            if key not in seen:
                seen.add(key)
                yield found


def read_file(path: Path) -> Article | Skipped:
    """Read one text file of whatever suffix, or say why it is no article."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return _skip(path, "is not a regular file", "name a text file or a folder of .txt files")
        if status.st_size > MAX_FILE_BYTES:
            return _skip(
                path,
                f"is not an article: {status.st_size / 1e6:.1f} MB, and the limit is {MAX_FILE_BYTES / 1e6:.0f} MB",
                "split it into one file per article",
            )
        content = path.read_bytes()
    except OSError as error:
        return _unreadable(path, error)
    return _problem(path, content) or _article(path, content)


def _article(path: Path, content: bytes) -> Article | Skipped:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _skip(
            path,
            f"is not UTF-8 text: byte 0x{content[error.start]:02x} at position {error.start} (counted from 0)",
            "convert it, for example: iconv -f WINDOWS-1251 -t UTF-8 OLD.txt > NEW.txt",
        )
    if not text.translate(dict.fromkeys(map(ord, _INVISIBLE))).strip():
        return _skip(path, "holds only white space", "remove it, or put the article's text in it")
    digest = sha256(content).hexdigest()
    return Article(id=digest[:16], path=_shown(path), text=text, sha256=digest)


def _problem(path: Path, content: bytes) -> Skipped | None:
    """What is wrong with content that need not be decoded to be refused."""
    if not content:
        return _skip(path, "is empty", "remove it, or put the article's text in it")
    longest = max(map(len, content.splitlines()), default=0)
    if longest > MAX_LINE_BYTES:
        return _skip(
            path,
            f"is not an article: a line of {longest / 1e6:.1f} MB, and the limit is {MAX_LINE_BYTES / 1e6:.0f} MB",
            "give the article as plain text with line ends",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _skip(path, "is UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8 OLD.txt > NEW.txt")
    # One stray control character from a web page does no harm; one in a hundred bytes is not text.
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if b"\0" in content or controls * 100 > len(content):
        return _skip(path, "is a binary file", "give the article as plain text in UTF-8")
    return None


def _expand(path: Path) -> Iterator[Path | Skipped]:
    try:
        is_folder = S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        yield _skip(path, "does not exist", "check the spelling; a relative path counts from the current folder")
        return
    except OSError as error:
        yield _unreadable(path, error)
        return
    if not is_folder:
        yield path
        return
    found, closed = _walk(path)
    yield from closed
    yield from found
    if not found and not closed:
        yield _skip(path, "has no .txt file in it", "name a folder of .txt files, or the files themselves")


def _walk(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """The .txt files below a folder, sorted, and the folders that could not be opened."""
    closed: list[Skipped] = []

    def note(error: OSError) -> None:
        closed.append(_unreadable(Path(os.fsdecode(error.filename)), error))

    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(root, n) for n in names if n.lower().endswith(".txt") and not n.startswith(".")]
    return sorted(found), sorted(closed, key=lambda skipped: skipped.path)


def _unreadable(path: Path, error: OSError) -> Skipped:
    reason = (error.strerror or str(error)).lower()
    return _skip(path, f"cannot be read: {reason}", "check the permissions: ls -l shows them")


def _skip(path: Path, reason: str, hint: str) -> Skipped:
    return Skipped(_shown(path), reason, hint)


def _shown(path: Path) -> str:
    """The path as text that can be printed and stored even when its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")
