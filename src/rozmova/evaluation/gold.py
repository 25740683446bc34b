"""Gold files: articles with the contacts that a person found in them.

Two forms are read. A file ``{"articles": {"name.txt": {...}}}`` annotates several articles; each text stands in the
entry itself, in ``../seeds/name.txt`` seen from the file's folder, or in ``corpus/name.txt`` beside the file. Any other
JSON file annotates one article, text included, and is called by its file name.

A folder is searched with all its subfolders. Two files in it have a meaning of their own: ``borderline.json`` (spans
that may be read either way) and ``lenient.json`` (contacts whose date or channel may be judged more mildly). They are
read only where a folder is given, so that a file named alone is scored as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from rozmova.evaluation.matching import days
from rozmova.records import Article, Channel, NameKind, PartyKind, Status

Selection = Literal["all", "held-out", "open"]

_BORDERLINE, _LENIENT = "borderline.json", "lenient.json"
_QUOTED = ("direct", "indirect", "mixed", None)
_T = TypeVar("_T")


class GoldError(ValueError):
    """A gold file is missing or wrong; the message names the file and what is wrong in it."""


class GoldParty(Struct, frozen=True, kw_only=True):
    """One side of a gold contact: English name, kind, and code of its state or organisation."""

    name: str
    kind: PartyKind
    affiliation: str | None = None


class GoldContact(Struct, frozen=True, kw_only=True):
    """A contact as annotated. ``evidence`` holds exact substrings of the text, ``date`` and ``date_also`` EDTF.

    ``fresh``: the date is null, but giving one is no mistake. ``channel_also``: a second channel that is right too.
    """

    parties: tuple[GoldParty, ...]
    channel: Channel
    status: Status
    evidence: tuple[str, ...]
    date: str | None = None
    date_also: tuple[str, ...] = ()
    initiator: str | None = None
    note: str | None = None
    fresh: bool = False
    channel_also: Channel | None = None

    @property
    def optional(self) -> bool:
        """Whether the contact counts neither when found nor when missed: its note begins with ``optional``."""
        return (self.note or "").startswith("optional")


class GoldName(Struct, frozen=True, kw_only=True):
    """A name as annotated: the ``nth`` place (from 1) of exactly this text in the article, and what it should be.

    ``lemma`` is the nominative, ``label`` whom it means in English, None where nothing is to be judged.
    """

    text: str
    nth: int = 1
    kind: NameKind
    lemma: str | None = None
    label: str | None = None
    affiliation: str | None = None

    def span(self, text: str) -> tuple[int, int] | None:
        """Where it stands in the article, code points, end exclusive; None when it is not there that often."""
        at = -1
        for _ in range(self.nth):
            at = text.find(self.text, at + 1)
            if at < 0:
                return None
        return at, at + len(self.text)


class GoldStatement(Struct, frozen=True, kw_only=True):
    """A statement as annotated: who speaks, and the words that introduce it (an exact substring of the text).

    ``act`` is None where the annotation is a sample; older annotations call it ``kind``, and a readout an act.
    ``addressee`` holds codes, ``via`` the English name of whoever passes it on.
    """

    speaker: str
    evidence: str
    channel: str = "unspecified"
    affiliation: str | None = None
    act: str | None = None
    kind: str | None = None
    event: str | UnsetType | None = UNSET
    addressee: tuple[str, ...] | str | None = None
    via: str | None = None

    @property
    def judges_event(self) -> bool:
        """Whether the annotation says what event it amounts to, or that it is none."""
        return self.event is not UNSET

    @property
    def sides(self) -> tuple[str, ...]:
        """Codes of those it is addressed to."""
        return tuple(self.addressee.split(", ")) if isinstance(self.addressee, str) else self.addressee or ()


class GoldArticle(Struct, frozen=True, kw_only=True):
    """An annotated article. ``stem`` pairs it with a reading, ``source`` is the gold file, ``name`` its file name.

    ``names`` is None where names are not annotated; where contacts are not, ``judged`` is false.
    """

    stem: str
    name: str
    source: Path
    lang: str
    published: str | None
    text: str
    contacts: tuple[GoldContact, ...]
    borderline: tuple[str, ...] = ()
    names: tuple[GoldName, ...] | None = None
    statements: tuple[GoldStatement, ...] | None = None
    judged: bool = True

    def article(self) -> Article:
        """The article as a source would give it, with the day of publication the gold file knows."""
        digest = sha256(self.text.encode()).hexdigest()
        return Article(id=digest[:16], path=self.name, text=self.text, sha256=digest, published=self.published)


class _Entry(Struct, frozen=True):
    lang: str
    contacts: tuple[GoldContact, ...] | None = None
    published: str | None = None
    text: str | None = None
    names: tuple[GoldName, ...] | None = None
    statements: tuple[GoldStatement, ...] | None = None


class _Lenient(Struct, frozen=True):
    date_null_but_fresh: dict[str, tuple[int, ...]] = {}
    channel_from_title_only: dict[str, tuple[int, ...]] = {}


def is_held_out(stem: str) -> bool:
    """Whether the article of this stem is held out: about one in five, by a hash of the stem alone."""
    return int(sha256(stem.encode()).hexdigest(), 16) % 5 == 0


def select(articles: Iterable[GoldArticle], only: Selection) -> tuple[GoldArticle, ...]:
    """The articles of one part, in their order: ``all`` of them, the ``held-out`` ones, or the ``open`` rest."""
    return tuple(a for a in articles if only == "all" or is_held_out(a.stem) == (only == "held-out"))


def load_gold(paths: Iterable[str | Path]) -> tuple[GoldArticle, ...]:
    """The articles of gold files and folders, in the order given, files of a folder by name.

    A file reached twice is read once. Raises :class:`GoldError` where a path does not exist, a folder holds no gold, a
    file is no gold file, a text is missing, an evidence is not in its text, or two articles have the same stem.
    """
    found: dict[str, GoldArticle] = {}
    seen: set[Path] = set()
    folders: list[Path] = []
    for path in map(Path, paths):
        for file in _files(path):
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            for article in _read_file(file):
                if article.stem in found:
                    raise GoldError(f"{file}: article {article.stem!r} is also in {found[article.stem].source}")
                found[article.stem] = article
        if path.is_dir():
            folders.append(path)
    for folder in folders:
        _apply_borderline(folder, found)
        _apply_lenient(folder, found)
    return tuple(found.values())


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(f for f in path.rglob("*.json") if f.name not in (_BORDERLINE, _LENIENT))
        if not files:
            raise GoldError(f"{path}: no gold file (*.json) in this folder")
        return files
    if not path.is_file():
        raise GoldError(f"{path}: no such file or folder")
    return [path]


def _decode(file: Path) -> dict[str, Any]:
    try:
        data = msgspec.json.decode(file.read_bytes())
    except (OSError, ValueError) as error:  # msgspec.DecodeError and UnicodeDecodeError are ValueErrors
        raise GoldError(f"{file}: {error}") from error
    if not isinstance(data, dict):
        raise GoldError(f"{file}: a JSON object is expected")
    return data


def _convert(data: object, kind: type[_T], where: str) -> _T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise GoldError(f"{where}: {error}") from error


def _read_file(file: Path) -> Iterator[GoldArticle]:
    data = _decode(file)
    if "articles" not in data:
        if data.get("text") is None:
            raise GoldError(f"{file}: it has no text, and no articles")
        yield _article(file, file.name, data, str(file))
        return
    for name, entry in _convert(data["articles"], dict[str, Any], f"{file}: articles").items():
        yield _article(file, name, entry, f"{file}: article {name!r}")


def _article(file: Path, name: str, data: object, where: str) -> GoldArticle:
    entry = _convert(data, _Entry, where)
    text = _text_beside(file, name, where) if entry.text is None else entry.text
    if entry.contacts is None and entry.names is None:
        raise GoldError(f"{where}: it annotates neither contacts nor names")
    for number, contact in enumerate(entry.contacts or ()):
        for words in contact.evidence:
            if words not in text:
                raise GoldError(f"{where}: contact {number}: evidence {words[:60]!r} is not in the text")
        for date in (contact.date, *contact.date_also):
            if date and days(date) is None:
                raise GoldError(f"{where}: contact {number}: date {date!r} cannot be read")
    for said in entry.statements or ():
        if said.evidence not in text:
            raise GoldError(f"{where}: statement of {said.speaker}: {said.evidence[:60]!r} is not in the text")
    for one in entry.names or ():
        if one.span(text) is None:
            raise GoldError(f"{where}: name {one.text!r} is not in the text {one.nth} times")
    return GoldArticle(
        stem=Path(name).stem,
        name=name,
        source=file,
        lang=entry.lang,
        published=entry.published,
        text=text,
        contacts=entry.contacts or (),
        names=entry.names,
        statements=_with_acts(entry.statements),
        judged=entry.contacts is not None,
    )


def _with_acts(statements: tuple[GoldStatement, ...] | None) -> tuple[GoldStatement, ...] | None:
    """Statements whose act is called ``kind``, put right: in newer annotations ``kind`` tells how they are quoted."""
    if statements is None:
        return None
    return tuple(replace(s, act=s.kind) if s.act is None and s.kind not in _QUOTED else s for s in statements)


def _text_beside(file: Path, name: str, where: str) -> str:
    folder = file.absolute().parent
    places = (folder.parent / "seeds" / name, folder / "corpus" / name)
    for place in places:
        if place.is_file():
            try:
                # Bytes, not read_text: newlines must stay as they are, for offsets count in the unchanged content.
                return place.read_bytes().decode()
            except (OSError, ValueError) as error:
                raise GoldError(f"{where}: text {place}: {error}") from error
    raise GoldError(f"{where}: its text is neither {places[0]} nor {places[1]}")


def _apply_borderline(folder: Path, found: dict[str, GoldArticle]) -> None:
    for file in sorted(folder.rglob(_BORDERLINE)):
        for stem, spans in _convert(_decode(file), dict[str, tuple[str, ...]], str(file)).items():
            if stem not in found:
                continue  # the folder may hold a part of the articles that the list was made for
            for words in spans:
                if words not in found[stem].text:
                    raise GoldError(f"{file}: {stem}: span {words[:60]!r} is not in the text")
            found[stem] = replace(found[stem], borderline=spans)


def _apply_lenient(folder: Path, found: dict[str, GoldArticle]) -> None:
    for file in sorted(folder.rglob(_LENIENT)):
        lenient = _convert(_decode(file), _Lenient, str(file))
        for stem, numbers in lenient.date_null_but_fresh.items():
            _change(file, stem, numbers, found, fresh=True)
        for stem, numbers in lenient.channel_from_title_only.items():
            _change(file, stem, numbers, found, channel_also="unspecified")


def _change(file: Path, stem: str, numbers: Iterable[int], found: dict[str, GoldArticle], **fields: bool | str) -> None:
    if stem not in found:
        return
    contacts = list(found[stem].contacts)
    for number in numbers:
        if not 0 <= number < len(contacts):
            raise GoldError(f"{file}: {stem} has no contact {number}")
        contacts[number] = replace(contacts[number], **fields)
    found[stem] = replace(found[stem], contacts=tuple(contacts))
