"""Reasons in words: what is known of each song, and what the person did to those behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.feedback_kinds import KINDS
from musicrec_core.recommender.scoring.text import About, reasons

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.scoring.library import Contribution
    from musicrec_core.records import Feedback, Reason

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
    tracks = context.store.files.tracks(ids.values())
    deeds = _Deeds.of(catalogue, *evidence.placed(in_force(context), catalogue))
    return [
        reasons(terms, lambda row: tracks[ids[row]].label, _about(catalogue, deeds, row), deeds.to)
        for row, terms in zip(rows, explained, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Deeds:
    """What the person did, by row and whether it counts in favour; and to whose songs."""

    words: dict[tuple[int, bool], str]
    by_artist: dict[tuple[int, bool], set[int]]
    """Rows by artist and whether it counts in favour."""

    @classmethod
    def of(
        cls, catalogue: Catalogue, events: Sequence[Feedback], row_of: Mapping[int, int]
    ) -> _Deeds:
        """The strongest deed each way names what was done."""
        deeds = [
            (abs(value), row_of[event.id], value > 0, _did(event))
            for event in events
            if (value := evidence.evidence(event.kind, event.value, None))
        ]
        words = {(row, favours): did for _, row, favours, did in sorted(deeds)}
        by_artist: dict[tuple[int, bool], set[int]] = {}
        for row, favours in words:
            by_artist.setdefault((int(catalogue.artists[row]), favours), set()).add(row)
        return cls(words, by_artist)

    def to(self, row: int, raised: bool) -> str:
        """What was done to a song that raised a score, or lowered it."""
        return self.words.get((row, raised), _VAGUELY[raised])

    @property
    def verbs(self) -> tuple[str, str]:
        """One word for all that was done in favour of songs, and one for all against them."""
        done = {True: set[str](), False: set[str]()}
        for (_, favours), did in self.words.items():
            done[favours].add(did)
        likes, dislikes = done[True] <= {"liked"}, done[False] <= {"disliked"}
        return "liked" if likes else _VAGUELY[True], "disliked" if dislikes else _VAGUELY[False]


def _did(event: Feedback) -> str:
    past = KINDS[event.kind].past
    return f"{past} {event.value:g}" if event.kind == "rating" else past


def _about(catalogue: Catalogue, deeds: _Deeds, row: int) -> About:
    artist = int(catalogue.artists[row])
    took_to, turned_down = (
        deeds.by_artist.get((artist, favours), set()) for favours in (True, False)
    )
    return About(
        guessed=catalogue.guessed is not None and bool(catalogue.guessed[row]),
        unknown=frozenset(_unknown(catalogue, row)),
        took_to=bool(took_to),
        turned_down=bool(turned_down),
        verbs=deeds.verbs,
        alone=took_to | turned_down == {row},
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
