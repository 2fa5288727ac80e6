"""Letters of tags that were written in another encoding than the tag says, as many old ones are.

ID3v1 and the plain texts of ID3v2 are Latin-1; players in Russia and Greece wrote the encoding of
their system there, and some write UTF-8. Read as Latin-1, such a text has words of accented letters
alone ("Ýòîò ãîðîä"), which no language written in Latin letters has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACCENTED = "\u00a8\u00b8\u00aa\u00ba\u00af\u00bf\u00b2\u00b3\u00b4\u00a1\u00a2\u00b6\u00c0-\u00ff"
_FOREIGN_WORD = re.compile(rf"(?<![A-Za-z{_ACCENTED}])[{_ACCENTED}]{{4,}}(?![A-Za-z{_ACCENTED}])")
_MIXED_WORD = re.compile(rf"[A-Za-z][{_ACCENTED}]|[{_ACCENTED}][A-Za-z]")
_VOWELS = {
    "cp1251": "аеёиоуыэюяіїєў",
    "cp1253": "αεηιουωάέήίόύώϊϋΐΰ",
    "koi8-r": "аеёиоуыэюя",
}
"""Tried in this order, each with what no word of four letters lacks."""
_WRONGLY_CASED = re.compile(r"[^\W\d_A-Z](?<=[a-zа-яёіїєўά-ώ])[А-ЯЁΑ-Ω]")
_WORD = re.compile(r"[^\W\d_]{4,}")


def repaired(fields: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """The texts of one tag, each in the letters that were meant.

    What is too short to tell goes by the rest of its tag.
    """
    if all(text.isascii() for texts in fields.values() for text in texts):
        return fields
    every = [text for texts in fields.values() for text in texts]
    codec = next(filter(None, map(_codec_of, every)), None)
    return {key: [_meant(text, codec) for text in texts] for key, texts in fields.items()}


def _meant(text: str, codec: str | None) -> str:
    raw = _bytes_of(text)
    if raw is None:
        return text
    try:
        return raw.decode("utf-8")  # accented letters in an order that only UTF-8 makes
    except UnicodeDecodeError:
        pass
    if codec is None or _MIXED_WORD.search(text):
        return text
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return text


def _codec_of(text: str) -> str | None:
    """The encoding that makes words of a text; None where it has none that are foreign."""
    raw = _bytes_of(text)
    if raw is None or _MIXED_WORD.search(text) or not _FOREIGN_WORD.search(text):
        return None
    return next((codec for codec in _VOWELS if _makes_words(raw, codec)), None)


def _makes_words(raw: bytes, codec: str) -> bool:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return (
        bool(words)
        and not _WRONGLY_CASED.search(text)
        and all(set(word.casefold()) & set(_VOWELS[codec]) for word in words)
    )


def _bytes_of(text: str) -> bytes | None:
    """What was read as Latin-1; None for what was not, or needs no second look."""
    if text.isascii():
        return None
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None
