"""One identifier for a person whom no table knows, whatever the language and script of the article.

Емілі Горн, Эмили Хорн, Emily Horn and Emily Horne are ``x:emily-horn``: the key of the surname (:func:`fold`), and of
the given name the family it belongs to (``names/data/given-families.tsv``: Олександр, Александр, Aleksander ...), else
its key. The price is that two strangers of one name share an identifier; within an article they are kept apart by other
evidence, and the label shows how the article spells them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rozmova.names.fold import fold


@cache
def _families(file: str) -> dict[str, str]:
    text = files("rozmova").joinpath("names/data", file).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            family, forms = line.split("\t")
            for form in forms.split("|"):
                found.setdefault(fold(form), family)
    return found


def given_key(name: str) -> str:
    """The family of a given name, or its key: what is the same for all forms of one person's given name."""
    families = _families("given-families.tsv")
    return " ".join(families.get(fold(part), fold(part)) for part in name.split())


def eastern(surname: str) -> str:
    """The family of a surname of East or South-East Asia, which stands before the given name; "" for any other."""
    return _families("surname-families.tsv").get(fold(surname), "")


def stranger_id(given: str, surname: str) -> str:
    """The identifier of a person by given name and surname in the nominative; either may be empty."""
    words = f"{given_key(given)} {fold(surname)}".replace("-", " ").split()
    return "x:" + "-".join(words)
