"""The words of taste: which phrase means which value of which kind of chip."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from musicrec_core.errors import ModelError
from musicrec_core.language.groups import NO_GROUPS, WordGroups, read_groups
from musicrec_core.language.tokens import words

FILE = "language_words.json"
FORMAT = 1
IGNORED = "ignored"  # understood, and nothing that songs are chosen by

Sense = tuple[str, str]  # kind, value


@dataclass(frozen=True, slots=True)
class Match:
    """Words [start, start + size) of a sequence stand for one sense."""

    size: int
    kind: str
    value: str
    corrected: bool = False


class Lexicon:
    """Finds the longest known phrase at a place, plurals and small typing mistakes forgiven."""

    def __init__(
        self,
        phrases: Mapping[str, Mapping[str, Sequence[str]]],
        ordinary: Iterable[str] = (),
        groups: WordGroups = NO_GROUPS,
    ) -> None:
        self._ordinary = frozenset(ordinary)
        self._groups = groups
        self._senses: dict[tuple[str, ...], Sense] = {}
        for kind, values in phrases.items():
            for value, spellings in values.items():
                for spelling in (value, *spellings):
                    self._senses.setdefault(words(spelling), (kind, value))
        self._longest: dict[str, int] = {}
        for phrase in self._senses:
            if phrase:
                first = phrase[0]
                self._longest[first] = max(self._longest.get(first, 0), len(phrase))
        self._single = [p[0] for p in self._senses if len(p) == 1 and len(p[0]) >= 5]

    @property
    def vocabulary(self) -> Iterable[str]:
        """Every first word of a phrase."""
        return self._longest.keys()

    def is_ordinary(self, word: str) -> bool:
        """Whether a folded word is common English, and so no typing mistake and no name."""
        return word in self._ordinary or word in self._longest

    def groups(self, word: str) -> tuple[int, int] | None:
        """The wide and the narrow group of words that mean much the same; None where unknown."""
        return self._groups.of(word) or self._groups.of(word.removesuffix("s"))

    def exact(self, phrase: tuple[str, ...]) -> Sense | None:
        """The sense of exactly these folded words, singular where they are plural."""
        senses = self._senses.get(phrase)
        if senses is None and phrase and len(phrase[-1]) > 3:
            for last in _singulars(phrase[-1]):
                senses = senses or self._senses.get((*phrase[:-1], last))
        return senses

    def at(self, low: Sequence[str], i: int) -> Match | None:
        """The longest phrase of the folded words `low` that begins at place i."""
        longest = max(self._longest.get(first, 0) for first in (low[i], *_singulars(low[i])))
        for size in range(min(longest, len(low) - i), 0, -1):
            sense = self.exact(tuple(low[i : i + size]))
            if sense is not None:
                return Match(size, *sense)
        return None

    def corrected(self, word: str) -> Match | None:
        """The sense of a word with one typing mistake, two from nine letters on."""
        if len(word) < 5 or not word.isalpha():
            return None
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        most = 2 if len(word) >= 9 else 1
        near = [w for w in self._single if w[0] == word[0] and abs(len(w) - len(word)) <= most]
        best = extractOne(word, near, scorer=OSA.distance, score_cutoff=most)
        return Match(1, *self._senses[(best[0],)], corrected=True) if best else None


def _singulars(word: str) -> tuple[str, ...]:
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)
    return ()


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon that ships; ModelError when it is missing or damaged."""
    path = folder / FILE
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != FORMAT:
            raise ModelError(f"{path}: the words of taste have format {content['format']}")
        return Lexicon(content["phrases"], content["ordinary"], read_groups(folder))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: the words of taste cannot be read: {error!r}") from error
