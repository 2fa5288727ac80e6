"""The one folding of the product: texts that people take for the same become the same.

Case, accents, composed and decomposed spellings, letters that Unicode does not decompose, full and
half width, punctuation and spacing make no difference; every script survives.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, normalize

# Letters that Unicode does not decompose, as they are typed where a keyboard lacks them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k"}
    | dict.fromkeys("\u0623\u0625\u0622\u0671", "\u0627")
)
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bb\u02bc\u00b4`", "'"))
# Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs and the Arabic stretch.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")
_CLITIC = re.compile(r"(?<=\w)'(?=(?:s|t|m|d|re|ve|ll)\b)")
_WORD = re.compile(r"[^\W_]+")
_MARKS = frozenset(("Mn", "Mc"))

# Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer: scripts in which a word that is looked
# for stands inside a run of letters without a space before it.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_JOINED = re.compile(r"[^\W_]+(?:[-'./&+!*:\u2010-\u2014\u30fb]+[^\W_]+)+")
_AND = re.compile(r"(?<=\s)[&+](?=\s)")


@lru_cache(maxsize=8192)
def plain_letters(text: str) -> str:
    """Case, accents, width and special letters folded; punctuation and spacing as they are."""
    if text.isascii():
        return text.casefold().replace("`", "'")
    text = text.encode("utf-8", "replace").decode()  # file names and arguments may be any bytes
    text = normalize("NFKC", text.translate(_QUOTES)).casefold().translate(_LETTERS)
    return normalize("NFKC", _ACCENTS.sub("", normalize("NFKD", text)))


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text as it is compared and searched: plain letters in words with one space between.

    A text of signs alone ("!!!") stays itself. An English ending after an apostrophe belongs to its
    word ("don't", "dont"), anything else after one is a word of its own ("l'amour").
    """
    plain = plain_letters(text)
    return " ".join(_words(plain)) or " ".join(plain.split())


def search_terms(text: str) -> str:
    """What a full-text index needs beside the words of `fold(text)`, with spaces between.

    Pairs of neighbouring letters of scripts without spaces, so that a word inside a run of letters
    is found; words that punctuation divides in one piece ("AC/DC": acdc); "and" for "&".
    """
    plain = plain_letters(text)
    terms: list[str] = []
    for word in () if plain.isascii() else _words(plain):
        runs, rests = unspaced_runs(word)
        if runs:
            terms += [pair for run in runs for pair in letter_pairs(run)] + rests
    if not plain.replace(" ", "").isalnum():
        terms += ["".join(_words(whole)) for whole in _JOINED.findall(plain)]
        terms += ["and"] * bool(_AND.search(plain))
    return " ".join(terms)


def composed(text: str) -> str:
    """The text with each letter in one code point, as far as there is one; no other change."""
    return text if text.isascii() else normalize("NFC", text)


def composed_path(path: bytes) -> bytes:
    """The path with each letter in one code point; as it is where it is not UTF-8."""
    try:
        return composed(path.decode()).encode()
    except UnicodeDecodeError:
        return path


def letter_pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of letters and its last letter alone: "abc": ab, bc, c."""
    return [*(a + b for a, b in pairwise(run)), run[-1:]]


def unspaced_runs(word: str) -> tuple[list[str], list[str]]:
    """The runs of a folded word in scripts without spaces, and what stands between them."""
    return _RUN.findall(word), [rest for rest in _RUN.split(word) if rest]


def _words(plain: str) -> list[str]:
    plain = _CLITIC.sub("", plain)
    if plain.isascii():
        return _WORD.findall(plain)
    # Vowel signs of many scripts are marks, not letters, and belong to their word all the same.
    return "".join(c if c.isalnum() or category(c) in _MARKS else " " for c in plain).split()
