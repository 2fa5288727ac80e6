"""What the top line and the list show, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.records import FeedbackKind, Recommendation

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import Recommendations, Status

PICKS = 100  # songs of the list for you


@dataclass(frozen=True, slots=True)
class OnShow:
    """The library as it was at one moment. `opinions` are `like` or `dislike` by track id.

    ordinary: the score of an ordinary song, from which reasons lead to others; None without songs.
    kept: songs that stay on show though they are not among those found.
    """

    revision: tuple[object, ...]
    status: Status
    found: Recommendations
    opinions: dict[int, FeedbackKind]
    ordinary: float | None = None
    kept: tuple[Recommendation, ...] = ()


def take(musicrec: MusicRec, stay: Sequence[int] = ()) -> OnShow:
    """Read it; before all else the revision, so that no later change is missed.

    stay: track ids of songs that stay on show whatever is found.
    """
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.results import Recommendations

    revision, status = musicrec.revision(), musicrec.status()
    if not status.tracks:
        return OnShow(revision, status, Recommendations(status.model.version, ()), {})
    request = ListRequest(PICKS, dials=musicrec.lists.own_dials())
    recommended = musicrec.lists.recommend(request, at_once=True)
    opinions, ordinary = musicrec.feedback.opinions(), musicrec.lists.ordinary_score()
    there = {pick.track.id for pick in recommended.picks}
    kept = musicrec.lists.as_picks([track_id for track_id in stay if track_id not in there])
    return OnShow(revision, status, recommended, opinions, ordinary, kept)
