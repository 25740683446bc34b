"""Which program made a reading: when it changes, articles are read again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from rozmova import __version__

_ROOT = Path(__file__).parent.parent
_AROUND = frozenset({"cli", "demo", "evaluation", "exports", "sources", "store", "__pycache__"})
"""Folders that do not take part in reading an article.

How a page became a text (``sources`` and trafilatura) is not in the fingerprint: every build makes the text of a page
anew, and another text is another article. So a reading never stands for a text that it was not made of, and where a new
trafilatura gives the same text nothing is read again.
"""

_DICTIONARIES = ("lemminflect", "morfeusz2", "py3langid", "pymorphy3", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk")


def fingerprint(actors: Path | None = None) -> str:
    """The version of the program and a digest of its code, its language data and the versions of its dictionaries.

    So an edited language file counts as another program, and the next build reads the articles again; so does a user's
    own file of actors.
    """
    digest = _program()
    if actors is not None:
        digest = sha256(digest + actors.read_bytes()).digest()
    return f"{__version__}+{digest.hex()[:12]}"


@cache
def _program() -> bytes:
    digest = sha256()
    for path in sorted(_ROOT.rglob("*")):
        inside = path.relative_to(_ROOT)
        if inside.parts[0] in _AROUND or path.suffix == ".pyc" or not path.is_file():
            continue
        digest.update(f"{inside.as_posix()}\0".encode())
        digest.update(path.read_bytes())
    for package in _DICTIONARIES:
        digest.update(f"{package} {version(package)}\0".encode())
    return digest.digest()
