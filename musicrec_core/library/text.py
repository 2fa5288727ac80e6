"""Makes text out of files safe to store, to compare and to show in a terminal."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 1000

# A whole terminal sequence goes, so that "\x1b[31mred" leaves "red" and not "[31mred".
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links
)
# Persian and Indic scripts and joined emoji need these two; they hide nothing.
_JOINERS = frozenset("\u200c\u200d")


def clean(text: str) -> str:
    """One line without control, invisible or direction-changing characters, NFC, cut to size."""
    text = text[: 8 * MAX_CHARACTERS]  # so that no tag, however large, costs time
    if not text.isprintable():
        text = "".join(map(_visible, _ESCAPE_SEQUENCE.sub("", text)))
    return " ".join(unicodedata.normalize("NFC", text).split())[:MAX_CHARACTERS]


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character in _JOINERS or category[0] in "LMNPS" or category == "Co":
        return character
    if character.isspace():
        return " "
    return ""  # controls, format characters, lone surrogates, what Unicode does not assign
