"""Which files paths stand for, and text files into articles; what cannot be one is named with the reason.

An article's text is the file's content unchanged: decoded without newline translation, without normalisation, and with
a byte order mark of UTF-8, if there is one, kept as the first character. So offsets count in exactly what
``open(path, encoding="utf-8", newline="").read()`` gives, and the digest of the text is the digest of the file. In
files of other encodings the same holds with that encoding, but for the digest: it is that of the text in UTF-8.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from rozmova.errors import Skipped
from rozmova.records import Article
from rozmova.sources.decode import Undecodable, decode
from rozmova.sources.facts import make_article
from rozmova.sources.limits import MAX_FILE_BYTES, MAX_LINE_BYTES

STDIN = "-"
"""Stands for standard input among the paths."""

SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".warc", ".warc.gz", ".jsonl", ".csv")
"""Files of a folder that are read; its other files are passed over."""

_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r")
_CONTROLS = bytes(b for b in (*range(32), 127) if b not in _TEXT_CONTROLS)
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"
"""Characters that show nothing and that ``str.isspace`` does not count: a file of these is as good as empty."""


def find_files(paths: Iterable[Path]) -> Iterator[Path | Skipped]:
    """Name the files that paths stand for: a file for itself, a folder for every file in it at any depth whose
    name ends in one of :data:`SUFFIXES`; ``-`` stands for standard input.

    Files of a folder come sorted by path; hidden ones (a leading dot) and links to folders are passed over, and a link
    to a file outside the folder is refused: who packed the folder may not say what else of the machine is read. A file
    named twice comes once, where it was first named.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path):
            key = found.path if isinstance(found, Skipped) else str(real(found))
            if key not in seen:
                seen.add(key)
                yield found


def real(path: Path) -> Path:
    """The absolute path without links; of links that lead in a circle what can be told, where ``resolve`` fails."""
    return Path(os.path.realpath(path))


def read_file(path: Path, encoding: str | None = None) -> Article | Skipped:
    """Read one text file of whatever suffix, or say why it is no article; ``encoding`` goes before detection."""
    content = read_bytes(path, MAX_FILE_BYTES)
    return content if isinstance(content, Skipped) else read_text(shown(path), content, encoding)


def read_bytes(path: Path, limit: int) -> bytes | Skipped:
    """The content of a regular file of at most so many bytes, or why it is not read."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return _skip(path, "is not a regular file", "name a file of articles or a folder of such files")
        if status.st_size > limit:
            return too_large(shown(path), status.st_size, limit)
        return path.read_bytes()
    except OSError as error:
        return unreadable(path, error)


def too_large(path: str, size: int, limit: int) -> Skipped:
    """The refusal of a file that is larger than an article can be."""
    return Skipped(
        path,
        f"is not an article: {size / 1e6:.2f} MB, and the limit is {limit / 1e6:g} MB",
        "split it into one file per article",
    )


def read_text(path: str, content: bytes, encoding: str | None = None) -> Article | Skipped:
    """An article from the content of a text file."""
    if problem := _problem(path, content):
        return problem
    try:
        decoded = decode(content, encoding)
    except Undecodable as error:
        if b"\0" in content:
            return Skipped(path, "is a binary file", "give the article as plain text")
        hint = "what it is in cannot be told: name it with --encoding, or convert it with iconv"
        return Skipped(path, str(error), hint)
    if not decoded.text.translate(dict.fromkeys(map(ord, _INVISIBLE))).strip():
        return Skipped(path, "holds only white space", "remove it, or put the article's text in it")
    return make_article(path, decoded.text, {"encoding": decoded.encoding})


def _problem(path: str, content: bytes) -> Skipped | None:
    """What is wrong with content that need not be decoded to be refused."""
    if not content:
        return Skipped(path, "is empty", "remove it, or put the article's text in it")
    if content.startswith(b"\x1f\x8b"):
        return Skipped(path, "is packed with gzip", f"unpack it: gunzip {path}; only .warc.gz is read as it is")
    longest = max(map(len, content.splitlines()), default=0)
    if longest > MAX_LINE_BYTES:
        return Skipped(
            path,
            f"is not an article: a line of {longest / 1e6:.1f} MB, and the limit is {MAX_LINE_BYTES / 1e6:g} MB",
            "give the article as plain text with line ends",
        )
    # One stray control character from a web page does no harm; one in a hundred bytes is not text. Those of UTF-16
    # and UTF-32 are halves of letters: for them a zero byte says that they have to prove to be text.
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls * 100 > len(content) and b"\0" not in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Skipped(path, "is a binary file", "give the article as plain text")
    return None


def _expand(path: Path) -> Iterator[Path | Skipped]:
    if str(path) == STDIN:
        yield path
        return
    try:
        is_folder = S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        yield _skip(path, "does not exist", "check the spelling; a relative path counts from the current folder")
        return
    except OSError as error:
        yield unreadable(path, error)
        return
    if not is_folder:
        yield path
        return
    found, closed = _walk(path)
    yield from closed
    yield from found
    if not found and not closed:
        yield _skip(
            path,
            "has no .txt file in it, and no page, archive or table",
            f"files of articles end in {', '.join(SUFFIXES)}",
        )


def _walk(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """The files of articles below a folder, sorted, and what of it could not be opened or must not be."""
    closed: list[Skipped] = []
    found: list[Path] = []
    root = real(folder)
    pending = [folder]
    while pending:  # and not os.walk, which fails for folders within one another a thousand times
        current = pending.pop()
        try:
            entries = [entry for entry in os.scandir(current) if not entry.name.startswith(".")]
        except OSError as error:
            closed.append(unreadable(current, error))
            continue
        for entry in entries:
            path = current / entry.name
            if entry.is_dir(follow_symlinks=False):
                pending.append(path)
            elif entry.name.lower().endswith(SUFFIXES) and not path.is_dir():
                if entry.is_symlink() and not real(path).is_relative_to(root):
                    reason = f"is a link out of the folder, to {shown(real(path))}"
                    closed.append(_skip(path, reason, "name that file itself if it is to be read"))
                else:
                    found.append(path)
    return sorted(found), sorted(closed, key=lambda skipped: skipped.path)


def unreadable(path: Path, error: OSError) -> Skipped:
    """A file or a folder that the system does not let one read."""
    reason = (error.strerror or str(error)).lower()
    return _skip(path, f"cannot be read: {reason}", "check the permissions: ls -l shows them")


def _skip(path: Path, reason: str, hint: str) -> Skipped:
    return Skipped(shown(path), reason, hint)


def shown(path: Path) -> str:
    """The path as text that can be printed and stored even when its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")
