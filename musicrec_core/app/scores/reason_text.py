"""Reasons in words: what is known of each song, and what the person did to those behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.feedback_kinds import KINDS
from musicrec_core.recommender.scoring import About, reasons

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.feedback.evidence import PlacedFeedback
    from musicrec_core.recommender.data import Catalogue, Credits
    from musicrec_core.recommender.scoring import Contribution
    from musicrec_core.records import FeedbackKind, IntArray, Reason

_VAGUELY = {True: "took to", False: "turned down"}


def worded(
    context: Context,
    catalogue: Catalogue,
    rows: Iterable[int],
    explained: Sequence[tuple[Contribution, ...]],
) -> list[tuple[Reason, ...]]:
    """Contributions to the score of each row in plain words, the songs behind them by name."""
    behind = {c.evidence_row for terms in explained for c in terms if c.evidence_row is not None}
    ids = {row: int(catalogue.track_ids[row]) for row in behind}
    tracks = context.store.tracks.by_id(ids.values())
    deeds = _Deeds.of(evidence.placed(context, catalogue))
    verbs = deeds.verbs()
    return [
        reasons(
            terms,
            lambda row: tracks[ids[row]].label,
            _about(catalogue, deeds, verbs, row),
            deeds.to,
        )
        for row, terms in zip(rows, explained, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Deeds:
    """What the person did to songs, the strongest deed each way: d of them.

    rows: int64 [d]. favours: bool [d], whether it counts in favour.
    """

    rows: IntArray
    favours: NDArray[np.bool_]
    words: tuple[str, ...]

    @classmethod
    def of(cls, feedback: PlacedFeedback) -> _Deeds:
        """The strongest deed each way names what was done."""
        deeds = [_did(event.kind, event.value) for event in feedback.events]
        worth = np.array([value for value, _ in deeds], np.float32)
        names, which = np.unique(np.array([word for _, word in deeds]), return_inverse=True)
        order = np.lexsort((which, np.abs(worth), worth > 0, feedback.rows))
        order = order[worth[order] != 0]
        rows, favours = feedback.rows[order], worth[order] > 0
        strongest = np.ones(len(order), np.bool_)
        strongest[:-1] = (rows[1:] != rows[:-1]) | (favours[1:] != favours[:-1])
        rows, words = rows[strongest], names[which[order[strongest]]]
        return cls(rows, favours[strongest], tuple(words.tolist()))

    def to(self, row: int, raised: bool) -> str:
        """What was done to a song that raised a score, or lowered it."""
        at = np.flatnonzero((self.rows == row) & (self.favours == raised))
        return self.words[at[0]] if len(at) else _VAGUELY[raised]

    def to_artists(self, makers: Credits, row: int, favours: bool) -> set[int]:
        """The rows that share an artist with a recording, to which something was done."""
        rows = self.rows[self.favours == favours]
        shared = makers.overlap(np.array([row]), rows)[0] > 0
        return set(rows[shared].tolist())

    def verbs(self) -> tuple[str, str]:
        """One word for all that was done in favour of songs, and one for all against them."""
        done = set(zip(self.words, self.favours.tolist(), strict=True))
        likes = all(word == "liked" for word, favours in done if favours)
        dislikes = all(word == "disliked" for word, favours in done if not favours)
        return "liked" if likes else _VAGUELY[True], "disliked" if dislikes else _VAGUELY[False]


@lru_cache(maxsize=4096)
def _did(kind: FeedbackKind, value: float | None) -> tuple[float, str]:
    """What a deed is worth, and its word."""
    verb = KINDS[kind].past_tense
    word = f"{verb} {value:g}" if kind == "rating" else verb
    return evidence.evidence(kind, value, None), word


def _about(catalogue: Catalogue, deeds: _Deeds, verbs: tuple[str, str], row: int) -> About:
    makers = catalogue.credits
    took_to, turned_down = (deeds.to_artists(makers, row, favours) for favours in (True, False))
    return About(
        guessed=catalogue.guessed is not None and bool(catalogue.guessed[row]),
        unknown=frozenset(_unknown(catalogue, row)),
        took_to=bool(took_to),
        turned_down=bool(turned_down),
        verbs=verbs,
        alone=took_to | turned_down == {row},
        several=len(makers.of(row)) > 1,
        jointly=any(len(makers.of(other)) > 1 for other in took_to | turned_down),
    )


def _unknown(catalogue: Catalogue, row: int) -> Iterable[str]:
    """The groups of inputs that say nothing of a song, for want of anything known."""
    years = np.array([name == "year" for name in catalogue.column_names])
    there = np.isfinite(catalogue.columns[row])
    facts = {
        "sound": np.isfinite(catalogue.near[row]).any(),
        "culture": np.isfinite(catalogue.culture[row]).any(),
        "tags": catalogue.tag_starts[row] < catalogue.tag_starts[row + 1],
        "artist": catalogue.artists[row] >= 0,
        "era": there[years].any(),
        "character": there[~years].any(),
    }
    facts["popular"] = facts["sound"] or facts["tags"]
    return (group for group, is_known in facts.items() if not is_known)
