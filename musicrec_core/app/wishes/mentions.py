"""How well the names of songs match the words of a talk.

Robertson's BM25 over title, artist and album, asked with all that was said, finds the candidates.
To it is added what a bag of words does not see: how much of a name stands in one turn as it is
written, word after word, small slips forgiven.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.folding import fold

if TYPE_CHECKING:
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.wishes.talk import Wish
    from musicrec_core.records import FloatArray

MENTIONED = 4.0
"""Deviations that the best match of the words with names counts; all else comes by constraints."""
SURE = 12.0
"""Evidence of a match that is no chance; common words alone stay far below."""
MOST_CANDIDATES = 2_000
WORDS_TRIED = 40  # of a turn
WORDS_MENDED = 6
LONGEST_TEXT, LONGEST_WORD = 2_000, 40  # characters
SLIP = 0.8
"""What a word counts that is meant only if a letter was mistyped."""
ORDER = 1.0
"""What the names that stand there in order count, beside BM25."""
CREDITED = 4.0
"""Rarity from which on the name of an artist or album is not there by chance."""
OLDER = 0.9
"""What a turn counts, of the one after it."""

Places = Mapping[str, Mapping[tuple[int, int], float]]


@dataclass(frozen=True, slots=True, repr=False)
class Mentions:
    """What a talk says of names.

    fit: float32 [n], deviations, MENTIONED the best. whole: the folded names that stand in it as
    they are written. credited: whether one of these is an artist or an album that is no chance.
    """

    fit: FloatArray
    whole: frozenset[str]
    credited: bool

    def hide(self, words: str) -> bool:
        """Whether these words are but a part of a name that was said."""
        inside = f" {fold(words)} "
        return any(inside in f" {name} " and len(inside) < len(name) + 2 for name in self.whole)


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a talk: where each word stands (turn, place) and how surely, and its rarity."""

    places: Places
    rarity: Mapping[str, float]

    def evidence(self, name: str) -> tuple[float, bool]:
        """What a name's longest run in a turn tells, and whether it is the whole name.

        The sum of the rarities of its words, times the share of the name that it is.
        """
        words = name.split()
        best, whole = 0.0, False
        runs = dict[tuple[int, int], tuple[float, int]]()
        for word in words:
            longer = {}
            for (turn, at), sure in self.places.get(word, {}).items():
                told, size = runs.get((turn, at - 1), (0.0, 0))
                longer[turn, at] = (told + sure * self.rarity[word], size + 1)
            runs = longer
            for (turn, _), (told, size) in runs.items():
                best = max(best, told * size / len(words) * OLDER**turn)
                whole |= size == len(words)
        return best, whole

    def surprise(self, name: str) -> float:
        """The rarities of its words."""
        return sum(self.rarity.get(word, 0.0) for word in name.split())


def mentions(person: Person, wish: Wish) -> Mentions:
    """How well title, artist and album of every song match what was said."""
    turns = [_words(text) for text in wish.texts]
    said = _said(person, turns)
    search = person.context.store.mentions
    by_words = search.ranked(list(said.places), MOST_CANDIDATES)
    fit = np.zeros(len(person.catalogue), np.float32)
    names = search.names(by_words)
    scored: dict[int, float] = {}
    whole, makers = set[str](), set[str]()
    for track_id, called in names.items():
        scored[track_id] = by_words[track_id]
        for name in (called.title, called.artist, called.album):
            told, is_whole = said.evidence(name)
            scored[track_id] += ORDER * told
            if is_whole:
                whole.add(name)
                makers |= {name} - {called.title}
    best = max(SURE, *scored.values()) if scored else SURE
    for track_id, row in person.catalogue.row_of(scored).items():
        fit[row] = MENTIONED * scored[track_id] / best
    credited = any(said.surprise(name) > CREDITED for name in makers)
    return Mentions(fit, frozenset(whole), credited)


def _words(text: str) -> list[str]:
    """The first folded words of a turn; what is longer than any word of a name is none."""
    folded = fold(text[:LONGEST_TEXT]).split()
    return [word for word in folded if len(word) <= LONGEST_WORD][:WORDS_TRIED]


def _said(person: Person, turns: Sequence[Sequence[str]]) -> _Said:
    store = person.context.store
    words = list(dict.fromkeys(word for turn in turns for word in turn))
    counts = dict(store.mentions.counts(words))
    meant: dict[str, tuple[str, ...]] = {word: (word,) for word in words if word in counts}
    unknown = [word for word in words if word not in counts and len(word) > 3]
    for word in unknown[:WORDS_MENDED]:
        meant[word] = tuple(store.name_search.one_mistake_away(word))
    mended = [near for word in unknown for near in meant.get(word, ())]
    counts |= store.mentions.counts(mended) if mended else {}
    places: dict[str, dict[tuple[int, int], float]] = {}
    for number, turn in enumerate(turns):
        for at, word in enumerate(turn):
            for one in meant.get(word, ()):
                places.setdefault(one, {})[number, at] = 1.0 if one == word else SLIP
    size = len(person.catalogue)
    return _Said(places, {word: _rarity(counts.get(word, 1), size) for word in places})


def _rarity(files: int, size: int) -> float:
    """The inverse document frequency of BM25, above 0."""
    return log(1 + max(size - files, 0.5) / (files + 0.5))
