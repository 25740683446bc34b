"""What can be wrong in a data file whatever it means: YAML, keys given twice, mixed scripts, odd characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml

from rozmova.text.script import APOSTROPHES, INVISIBLE, is_cyrillic

_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {"\u00ad": "a soft hyphen", "\u0301": "a stress mark", "\u0300": "a stress mark"}


def problems(path: Path, *, prose: bool = False) -> Iterator[str]:
    """What is wrong in a YAML file, a message each, beginning with the line.

    ``prose`` files hold sentences as newspapers print them: there any apostrophe may stand.
    """
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        yield f"not valid YAML: {' '.join(str(error).split())}"
        return
    for node in _nodes(root):
        line = f"line {node.start_mark.line + 1}"
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    yield f"line {key.start_mark.line + 1}: the key {key.value!r} is given twice; the first is lost"
                seen.add(str(key.value))
        elif isinstance(node, yaml.ScalarNode):
            yield from (f"{line}: {problem}" for problem in of_text(str(node.value), prose=prose))


def of_text(text: str, *, prose: bool = False) -> Iterator[str]:
    """What is wrong in one piece of text of a data file."""
    for word in _WORD.findall(text):
        if any(map(is_cyrillic, word)) and any(map(_is_latin, word)):
            yield f"{word!r} mixes Latin and Cyrillic letters ({_odd_letters(word)}); write it in one script"
    if prose:
        return
    for char in sorted(set(text) & set(INVISIBLE)):
        yield f"{text!r} holds {_NAMES.get(char, 'an invisible character')} (U+{ord(char):04X}); leave it out"
    if unicodedata.normalize("NFC", text) != text:
        yield f"{text!r} is not in Unicode form NFC; write each letter with its mark as one character"
    for match in re.finditer(rf"(?<=\w)[{re.escape(APOSTROPHES)}](?=\w)", text):
        if match.group() != "'":
            yield f"{text!r} has the apostrophe U+{ord(match.group()):04X}; write the straight one ('), it matches all"


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    todo = [root] if root else []
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            todo += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            todo += reversed(node.value)


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


def _odd_letters(word: str) -> str:
    """The letters of the script that has fewer of them in a word, where one cannot see it."""
    latin = [c for c in word if _is_latin(c)]
    cyrillic = [c for c in word if is_cyrillic(c)]
    odd, script = (latin, "Latin") if len(latin) <= len(cyrillic) else (cyrillic, "Cyrillic")
    return f"{script} {' '.join(odd)}"
