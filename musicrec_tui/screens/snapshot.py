"""What the top line and the list show, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.results import Recommendations, Status
from musicrec_core.records import FeedbackKind

PICKS = 100  # songs of the list for you


@dataclass(frozen=True, slots=True)
class OnShow:
    """The library as it was at one moment. `opinions` are `like` or `dislike` by track id.

    ordinary: the score of an ordinary song, from which reasons lead to others; None without songs.
    """

    revision: tuple[object, ...]
    status: Status
    found: Recommendations
    opinions: dict[int, FeedbackKind]
    ordinary: float | None = None


def take(musicrec: MusicRec) -> OnShow:
    """Read it; before all else the revision, so that no later change is missed."""
    revision, status = musicrec.revision(), musicrec.status()
    if not status.tracks:
        return OnShow(revision, status, Recommendations(status.model.version, ()), {})
    request = ListRequest(PICKS, dials=musicrec.lists.own_dials())
    recommended = musicrec.lists.recommend(request, at_once=True)
    opinions, ordinary = musicrec.feedback.opinions(), musicrec.lists.ordinary_score()
    return OnShow(revision, status, recommended, opinions, ordinary)
