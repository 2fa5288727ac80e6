"""What an unknown tag means, by its spelling and its words."""

from __future__ import annotations

from collections.abc import Iterable

from musicrec_core.culture.hygiene import clean_tags, fold, squash

CLOSE_SPELLING = 0.87
"""Likeness from which two spellings count as one word: "grungey" is "grunge" at 0.92, while
"trance" is not "france" at 0.83."""

MIN_LETTERS = 5
"""Shorter words differ by too little to be guessed: "funk" is not "punk"."""


class Lexicon:
    """Known tags, found by exact name, by close spelling, or by the words of a longer name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._index: dict[str, int] = {}
        for i, name in enumerate(names):
            self._index.setdefault(squash(name), i)
        self._understood: dict[str, tuple[int, ...]] = {}
        self._guessable = [key for key in self._index if len(key) >= MIN_LETTERS]

    def find(self, tag: str) -> int | None:
        """The index of the tag under any of its usual spellings; None when it is not known."""
        return self._index.get(squash(tag))

    def understand(self, tag: str) -> tuple[int, ...]:
        """The known tags that `tag` stands for: itself, a close spelling, or those in its words.

        ("electronica rock" is electronica and rock; "melodik death metall" death metal.)
        """
        if tag not in self._understood:
            self._understood[tag] = self._understand(tag)
        return self._understood[tag]

    def _understand(self, tag: str) -> tuple[int, ...]:
        found = [self._one(name) for name in clean_tags([tag])] or [self._one(tag)]
        if any(index is not None for index in found):
            return tuple(dict.fromkeys(i for i in found if i is not None))
        return self._by_words(fold(tag).replace("-", " ").replace("/", " ").split())

    def _one(self, name: str) -> int | None:
        exact = self.find(name)
        return self._guess(name) if exact is None else exact

    def _guess(self, name: str) -> int | None:
        """The tag of the closest spelling, when it is close."""
        from rapidfuzz import fuzz, process

        key = squash(name)
        if len(key) < MIN_LETTERS:
            return None
        best = process.extractOne(
            key, self._guessable, scorer=fuzz.ratio, score_cutoff=100 * CLOSE_SPELLING
        )
        return self._index[best[0]] if best else None

    def _by_words(self, parts: list[str]) -> tuple[int, ...]:
        """The longest known runs of words, from the left; single words may be misspelt."""
        found: list[int] = []
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                run = " ".join(parts[start:end])
                index = self.find(run) if end - start > 1 else self._one(run)
                if index is not None:
                    found.append(index)
                    break
            start = end if index is not None else start + 1
        return tuple(dict.fromkeys(found))


def likeness(a: str, b: str) -> float:
    """How alike two tags are spelled, in [0, 1]; 1 for two spellings of the same tag."""
    from rapidfuzz import fuzz

    left, right = squash(a), squash(b)
    if left == right or (set(clean_tags([a])) & set(clean_tags([b]))):
        return 1.0
    return float(fuzz.ratio(left, right)) / 100
