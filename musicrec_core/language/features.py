"""What the intent model sees of an utterance: hashed words, their pieces, kinds and groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.tokens import Token, word_set

BITS = 22
MOST_TOKENS = 60
LONGEST_ARTIST = 5
_KINDS = word_set(
    """
    genre instrument mood era voice tempo energy version season
    """
)
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"twenty": 20, "a couple": 2, "a dozen": 12}
_ORDINALS = word_set(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth
    """
)
_SONG = word_set(
    """
    song songs track tracks tune tunes record records album albums single number jam
    """
)
_LIST = word_set(
    """
    playlist playlists queue mix mixtape list setlist
    """
)


def hashed(
    tokens: Sequence[Token], lexicon: Lexicon, artists: frozenset[int]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Distinct indexes below 2**BITS and their weights, of Euclidean length one a group.

    artists: known names as `name_hash` makes them; one that is also a common word counts as a word.
    """
    low = [token.low for token in tokens if token.is_word][:MOST_TOKENS]
    marks = [token.low for token in tokens if not token.is_word][-1:]
    counts: dict[int, float] = {}
    groups = (
        (1.0, [*_ngrams(["^", *low, "$"], "w"), *(f"m {m}" for m in marks)]),
        (0.7, list(_pieces(low))),
        (0.7, list(_ngrams(["^", *_kinds(low, lexicon, artists), "$"], "k"))),
        (0.7, list(_grouped(["^", *low, "$"], lexicon))),
    )
    for weight, group in groups:
        scale = weight / max(len(group), 1) ** 0.5
        for feature in group:
            index = crc32(feature.encode("utf-8", "replace")) & ((1 << BITS) - 1)
            counts[index] = counts.get(index, 0.0) + scale
    return (
        np.fromiter(counts.keys(), dtype=np.int64, count=len(counts)),
        np.fromiter(counts.values(), dtype=np.float32, count=len(counts)),
    )


def _ngrams(low: Sequence[str], mark: str) -> Iterator[str]:
    """Words, pairs, triples, and pairs with one word between them."""
    for i, word in enumerate(low):
        yield f"{mark} {word}"
        if i + 1 < len(low):
            yield f"{mark} {word} {low[i + 1]}"
        if i + 2 < len(low):
            yield f"{mark} {word} {low[i + 1]} {low[i + 2]}"
            yield f"{mark} {word} _ {low[i + 2]}"


def _grouped(low: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Groups of like words, alone and beside the words around them."""
    groups = [lexicon.groups(word) for word in low]
    for i, group in enumerate(groups):
        if group is None:
            continue
        wide, narrow = group
        yield f"G {wide}"
        yield f"g {narrow}"
        yield f"gb {low[i - 1]} {narrow}"
        yield f"ga {narrow} {low[i + 1]}"
        if (before := groups[i - 1]) is not None:
            yield f"gg {before[0]} {wide}"


def _pieces(low: Sequence[str]) -> Iterator[str]:
    """Runs of three to five letters of each word with its borders."""
    for word in low:
        framed = f"<{word[:20]}>"
        for size in (3, 4, 5):
            for i in range(len(framed) - size + 1):
                yield f"c {framed[i : i + size]}"


def _kinds(low: Sequence[str], lexicon: Lexicon, artists: frozenset[int]) -> Iterator[str]:
    """The words with those of taste, numbers and names of things replaced by their kind."""
    i = 0
    while i < len(low):
        match = lexicon.at(low, i)
        size = known_size(low, i, artists)
        if size > 1 or (size and match is None and is_rare(low[i], lexicon)):
            yield "<artist>"
            i += size
            continue
        if match is not None and match.kind in _KINDS:
            yield f"<{match.kind}>"
            i += match.size
            continue
        yield _kind_of(low[i])
        i += 1


def is_rare(word: str, lexicon: Lexicon) -> bool:
    """Whether a folded word may be a name by itself: no common word, nor the plural of one."""
    plain = word.removesuffix("s")
    common = lexicon.is_ordinary(word) or lexicon.is_ordinary(plain)
    return len(word) > 2 and word.isalpha() and not common and word not in NUMBERS


def name_hash(low: Sequence[str]) -> int:
    """What stands for a folded name in the set of known artists."""
    return crc32(" ".join(low).encode("utf-8", "replace"))


def known_size(low: Sequence[str], i: int, artists: frozenset[int]) -> int:
    """How many words from place i are the longest known artist's name there; 0 for none."""
    sizes = range(min(LONGEST_ARTIST, len(low) - i), 0, -1)
    return next((size for size in sizes if name_hash(low[i : i + size]) in artists), 0)


def _kind_of(word: str) -> str:
    if word in _SONG:
        return "<song>"
    if word in _LIST:
        return "<list>"
    if word in NUMBERS or word[:1].isdigit():
        return "<year>" if len(word) in (3, 4, 5) and word[:4].isdigit() else "<number>"
    return "<ordinal>" if word in _ORDINALS else word
