"""How well every song meets a wish, all its constraints together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.notices import Notice
from musicrec_core.app.wishes import names
from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.app.wishes.judges import judge
from musicrec_core.app.wishes.mentions import mentions
from musicrec_core.folding import fold
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.wishes.talk import SaidChip, Wish
    from musicrec_core.language.records import Chip
    from musicrec_core.records import FloatArray, IntArray

UNMET = 8.0
"""Deviations that a constraint costs which a song does not meet: songs that meet all come first."""
FULL = 0.75  # a constraint weighs less than so much where it is a remark of an earlier turn
CLEARLY_BETTER = 1.0
"""Deviations by which a recording must fit better to be picked instead of the plain one."""
PROPOSED = 0.5
"""Of the likeness to songs that the other side proposed last, and that were not turned down."""
_TURNED_DOWN = re.compile(r"\b(no|not|n't|don't|another|else|different|instead|hate|dislike)\b")


@dataclass(frozen=True, slots=True, repr=False)
class WishMatch:
    """How well each of n songs meets a wish.

    fit: float32 [n], deviations. rows: bool [n], songs that may be picked at all. meets: bool [n],
    those that meet every constraint. named: whether an artist or album was asked for itself.
    """

    fit: FloatArray
    rows: NDArray[np.bool_]
    meets: NDArray[np.bool_]
    judged: tuple[tuple[Chip, Judgement], ...]
    named: bool
    notices: tuple[Notice, ...]

    @property
    def orders(self) -> bool:
        """Whether the wish says anything of the order."""
        return bool(self.fit.any())

    def giving_way(self, others: IntArray, versions: IntArray, rows: NDArray[np.bool_]) -> IntArray:
        """Of rows that give way to another recording of their song, those that fit no better.

        versions: int64 [n], one code for all recordings of a song. rows: bool [n], allowed ones.
        """
        staying = rows.copy()
        staying[others] = False
        best = np.full(int(versions.max(initial=0)) + 1, -np.inf, np.float32)
        np.maximum.at(best, versions[staying], self.fit[staying])
        return others[self.fit[others] <= best[versions[others]] + CLEARLY_BETTER]

    def reasons(self, row: int) -> tuple[Reason, ...]:
        """What of the wish is true of a song; no terms of its score, so of no weight."""
        sentences = [judgement.tell(row) for chip, judgement in self.judged if not chip.negated]
        return tuple(Reason(text, 0.0, "word") for text in dict.fromkeys(filter(None, sentences)))


def match(person: Person, wish: Wish) -> WishMatch:
    """Every constraint judged, and all of them put together."""
    size = len(person.catalogue)
    proposed = _proposed(person, wish)
    by_name = mentions(person, wish)
    said = [one for one in wish.said if one.chip.negated or not by_name.hide(one.chip.text)]
    judged = tuple(
        (one.chip, judge(Constraint(person, one.chip, one.before, proposed))) for one in said
    )
    fit, rows = np.zeros(size, np.float32), np.ones(size, np.bool_)
    meets = np.ones(size, np.bool_)
    for chip, judgement in judged:
        weight = np.float32(chip.degree)
        if judgement.fit is not None:
            fit += (-weight if chip.negated else weight) * judgement.fit
        if judgement.like is not None:
            rows[judgement.like] = False
        if judgement.rows is None:
            continue
        if chip.negated:
            rows &= ~judgement.rows
        else:
            fit -= np.float32(UNMET * min(chip.degree, 1.0)) * ~judgement.rows
            if weight >= FULL:
                meets &= judgement.rows
    fit += by_name.fit + _like_proposed(person, wish, proposed)
    rows[proposed] = False
    named = by_name.credited or _names_one(said, judged)
    return WishMatch(fit, rows, meets & rows, judged, named, _notes(judged))


def _names_one(chips: Sequence[SaidChip], judged: Sequence[tuple[Chip, Judgement]]) -> bool:
    """Whether songs of one artist or album are what is asked for."""
    return any(
        one.chip.kind in ("artist", "album") and not one.chip.negated and judgement.rows is not None
        for one, (_, judgement) in zip(chips, judged, strict=True)
    )


def _notes(judged: Sequence[tuple[Chip, Judgement]]) -> tuple[Notice, ...]:
    notices = [notice for _, judgement in judged for notice in judgement.notices]
    return tuple({(n.code, str(n.values)): n for n in notices}.values())


def _proposed(person: Person, wish: Wish) -> IntArray:
    """Rows of the songs that the other side named, by title and artist both."""
    ids = set[int]()
    for text in wish.answered:
        ids |= person.context.store.mentions.named_in(fold(text))
    return person.catalogue.rows_of(ids)


def _like_proposed(person: Person, wish: Wish, proposed: IntArray) -> FloatArray:
    """Float32 [n]: nearness to what was proposed, unless what is said now turns it down."""
    if not len(proposed) or _TURNED_DOWN.search(wish.texts[0].casefold()):
        return np.zeros(len(person.catalogue), np.float32)
    return np.float32(PROPOSED) * names.likeness(person, proposed)
