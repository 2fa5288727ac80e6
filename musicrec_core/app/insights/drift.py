"""Drift: what is new since training beside what training looked at, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.errors import ModelError

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.insights import DistributionSketch, Shift
    from musicrec_core.records import IntArray

from musicrec_core.feedback_kinds import CLEARLY_LIKED

MATTERS = 0.1  # the share of the library that must be new for its drift to matter
NAMED = 3

NOTHING_YET = (
    "There is nothing to compare with yet: drift is measured from the first training on "
    "(musicrec retrain)."
)
DAMAGED = (
    "What was noted at the last training cannot be read, so drift is not measured until the next "
    "one (musicrec retrain)."
)


@dataclass(frozen=True, slots=True)
class Drift:
    """What moved since training, and what to do, in one sentence.

    since_s: when the training was; None before the first. new_songs, new_likes: how much there
    is to compare. library, liked: the shifts of songs new since, and of likes since, largest
    first; empty where there was too little.
    """

    drifted: bool
    matters: bool
    sentence: str
    since_s: float | None = None
    new_songs: int = 0
    new_likes: int = 0
    library: tuple[Shift, ...] = ()
    liked: tuple[Shift, ...] = ()


def looked_at(context: Context, catalogue: Catalogue) -> dict[str, Any]:
    """What training looked at: histograms, and where the library and the feedback ended."""
    from musicrec_core.recommender.insights import DistributionSketch

    sketch = DistributionSketch.of(catalogue, np.arange(len(catalogue)))
    rows, _ = _likes_since(context, catalogue, 0)
    return {
        "at_s": context.now_s(),
        "last_track_id": int(catalogue.track_ids.max(initial=0)),
        "last_feedback_id": context.store.feedback.last_id(context.profile),
        "library": sketch.document(),
        "liked": DistributionSketch.of(catalogue, rows, sketch).document(),
    }


def drift(context: Context, catalogue: Catalogue) -> Drift:
    """The library and the likes since the model in use was trained, or was last kept."""
    from musicrec_core.recommender.insights import DistributionSketch, compare

    try:
        noted = context.registry.noted(context.registry.current_version())
        if noted is None:
            return Drift(False, False, NOTHING_YET)
        then = {name: DistributionSketch.read(noted[name]) for name in ("library", "liked")}
        ends = int(noted["last_track_id"]), int(noted["last_feedback_id"])
        since_s = float(noted["at_s"])
    except (ModelError, KeyError, TypeError, ValueError):
        return Drift(False, False, DAMAGED)
    new = np.flatnonzero(catalogue.track_ids > ends[0])
    likes, _ = _likes_since(context, catalogue, ends[1])
    now = {
        "library": DistributionSketch.of(
            catalogue, _changed(catalogue, new, then["library"]), then["library"]
        ),
        "liked": DistributionSketch.of(catalogue, likes, then["library"]),
    }
    comparable = [name for name in now if now[name].tells and then[name].tells]
    shifts = dict(zip(comparable, compare([(then[n], now[n]) for n in comparable]), strict=True))
    return _worded(catalogue, since_s, new, likes, shifts)


def _changed(catalogue: Catalogue, new: IntArray, then: DistributionSketch) -> IntArray:
    """The songs that are new; where few are, but many are gone, all that are left."""
    gone = then.songs + len(new) - len(catalogue)
    return np.arange(len(catalogue)) if gone > max(len(new), MATTERS * then.songs) else new


def _likes_since(context: Context, catalogue: Catalogue, last_id: int) -> tuple[IntArray, int]:
    """Rows of songs liked after an event, and how many events there were."""
    events = [e for e in in_force(context).events if e.id > last_id]
    row_of = catalogue.row_of(e.track_id for e in events)
    liked = {
        row_of[e.track_id]
        for e in events
        if e.kind in ("like", "rating")
        and e.track_id in row_of
        and evidence.evidence(e.kind, e.value, None) >= CLEARLY_LIKED
    }
    return np.array(sorted(liked), np.int64), len(events)


def _worded(
    catalogue: Catalogue,
    since_s: float,
    new: IntArray,
    likes: IntArray,
    shifts: dict[str, tuple[Shift, ...]],
) -> Drift:
    moved = {name: [s for s in shifts_of if s.drifted] for name, shifts_of in shifts.items()}
    share = len(new) / max(len(catalogue), 1)
    matters = bool(moved.get("liked")) or (bool(moved.get("library")) and share >= MATTERS)
    return Drift(
        drifted=any(moved.values()),
        matters=matters,
        sentence=_sentence(moved, share, len(new), len(likes)),
        since_s=since_s,
        new_songs=len(new),
        new_likes=len(likes),
        library=shifts.get("library", ()),
        liked=shifts.get("liked", ()),
    )


def _sentence(moved: dict[str, list[Shift]], share: float, new: int, likes: int) -> str:
    if not moved:
        return f"Too little is new since the last training to compare ({new} songs, {likes} likes)."
    if moved.get("liked"):
        return (
            f"What you like of late differs in {_names(moved['liked'])} from what the model "
            "learned from: retrain."
        )
    if moved.get("library") and share >= MATTERS:
        return (
            f"The library differs in {_names(moved['library'])} from what the model was trained "
            "on: say what you think of some new songs, then retrain."
        )
    if moved.get("library"):
        return (
            f"New songs differ in {_names(moved['library'])}, but they are {100 * share:.0f} % of "
            "the library: nothing to do yet."
        )
    return "Nothing drifted: what is new is like what the model was trained on. Nothing to do."


def _names(shifts: list[Shift]) -> str:
    names = [s.attribute.replace("_", " ") for s in shifts[:NAMED]]
    if len(shifts) > NAMED:
        return f"{', '.join(names)} and {len(shifts) - NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
