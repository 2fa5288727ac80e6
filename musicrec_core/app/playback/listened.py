"""What it says of a song how it was listened to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musicrec_core.records import PlayEnd, Track

# Last.fm's rule for a song that was listened to: half of it, or four minutes.
HEARD_SHARE = 0.5
HEARD_S = 240.0

Verdict = Literal["play", "skip"]


@dataclass(frozen=True, slots=True)
class Listened:
    """How a song was heard: whether that speaks for it, how many seconds, and how it ended."""

    track: Track
    verdict: Verdict
    seconds: float
    ended: PlayEnd


def listened(
    track: Track, position_s: float, duration_s: float | None, ended: PlayEnd
) -> Listened | None:
    """What is to be taken down of a song that was left at a position; None for nothing."""
    how = verdict(position_s, duration_s, ended)
    seconds = duration_s if ended == "end" and duration_s else position_s
    return Listened(track, how, seconds, ended) if how else None


def verdict(position_s: float, duration_s: float | None, ended: PlayEnd) -> Verdict | None:
    """What it means that a song ended so, None where it means nothing.

    Only going on to the next song before about half of this one speaks against it: whoever stops,
    quits, goes back or picks another song said nothing of it, and neither did an error.
    """
    if ended == "end":
        return "play"
    half_s = (duration_s or float("inf")) * HEARD_SHARE
    if position_s >= min(half_s, HEARD_S):
        return "play"
    return "skip" if ended == "next" and position_s > 0 else None
