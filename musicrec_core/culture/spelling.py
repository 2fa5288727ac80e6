"""What an unknown tag means, by its spelling and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from musicrec_core.culture.hygiene import clean_tags, fold, squash
from musicrec_core.culture.vocabulary import KIN, NO_TAG

CLOSE_SPELLING = 0.87
"""Likeness from which two spellings count as one word: "grungey" is "grunge" at 0.92, while
"trance" is not "france" at 0.83."""

LOOSE_SPELLING = 0.7
"""Likeness from which a word is worth asking about: "rokc" is "rock" at 0.75."""

MIN_LETTERS = 6
"""Shorter words differ by too little to be guessed: "naive" is not "native"."""


class TagLexicon:
    """Known tags, found by exact name, by close spelling, or by the words of a longer name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._index: dict[str, int] = {}
        for i, name in enumerate(names):
            self._index.setdefault(squash(name), i)
        self._understood: dict[str, tuple[int, ...]] = {}
        self._guessable: dict[str, list[str]] = {}
        for key in self._index:
            if len(key) >= MIN_LETTERS:
                self._guessable.setdefault(key[0], []).append(key)

    def find(self, tag: str) -> int | None:
        """The index of the tag under any of its usual spellings; None when it is not known."""
        return self._index.get(squash(tag))

    def understand(self, tag: str) -> tuple[int, ...]:
        """The known tags that `tag` stands for: itself, a close spelling, or those in its words.

        ("electronica rock" is electronica and rock; "melodik death metall" death metal.)
        """
        if tag not in self._understood:
            wholes = [self._one(name) for name in clean_tags([tag]) or (tag,)]
            indices = [index for whole in wholes for index in whole] or self._by_words(tag)
            self._understood[tag] = tuple(dict.fromkeys(indices))
        return self._understood[tag]

    def _one(self, name: str) -> tuple[int, ...]:
        """One name: exactly, by what it is akin to, or by its spelling."""
        exact = self.find(name)
        if exact is not None:
            return (exact,)
        akin = [self.find(kin) for kin in KIN.get(name, "").split(";")]
        return tuple(index for index in akin if index is not None) or self._corrected(name)

    def _corrected(self, name: str) -> tuple[int, ...]:
        """The tag of the closest spelling that starts with the same letter, when it is close."""
        from rapidfuzz import fuzz, process

        key = squash(name)
        if len(key) < MIN_LETTERS:
            return ()
        names = self._guessable.get(key[0], [])
        cutoff = 100 * CLOSE_SPELLING
        best = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=cutoff)
        return (self._index[best[0]],) if best else ()

    def _by_words(self, tag: str) -> list[int]:
        """The longest known runs of words, from the left; single words may be misspelt."""
        parts = [part for part in re.split(r"[\s/-]+", fold(tag)) if part not in NO_TAG]
        indices: list[int] = []
        while parts:
            runs = [" ".join(parts[:size]) for size in range(len(parts), 0, -1)]
            longest = next((run for run in runs if self._one(run)), "")
            indices += self._one(longest) if longest else ()
            parts = parts[max(1, len(longest.split())) :]
        return indices


def likeness(a: str, b: str) -> float:
    """How alike two tags are spelled, in [0, 1]; 1 for two spellings of the same tag."""
    from rapidfuzz import fuzz

    left, right = squash(a), squash(b)
    if left == right or (set(clean_tags([a])) & set(clean_tags([b]))):
        return 1.0
    return float(fuzz.ratio(left, right)) / 100


def alike(tag: str, names: Iterable[str], n: int = 5) -> list[str]:
    """The names that a mistyped tag may have meant, the most alike first."""
    rated = {name: likeness(tag, name) for name in names}
    near = [name for name in rated if rated[name] >= LOOSE_SPELLING]
    return sorted(near, key=lambda name: -rated[name])[:n]
