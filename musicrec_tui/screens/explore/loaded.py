"""What the page works with, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.results import Explanation
from musicrec_core.records import Track
from musicrec_tui.screens.explore.grid import MapSongs

if TYPE_CHECKING:
    from musicrec_core.app.results import Cluster

STEPS = 12  # songs of a journey


@dataclass(frozen=True, slots=True)
class LoadedMap:
    """The songs by place, and the kinds of music they are of."""

    songs: MapSongs
    kinds: tuple[Cluster, ...]


def load(musicrec: MusicRec) -> LoadedMap:
    """The map as it is now; a large library takes a while."""
    made = musicrec.song_map()
    scores = musicrec.lists.scores_of(made.track_ids)
    songs = MapSongs.best_first(made.track_ids, made.at, made.clusters, scores)
    return LoadedMap(songs, musicrec.clusters() if len(made.track_ids) else ())


def journey(musicrec: MusicRec, start: Track, end: Track) -> tuple[Track, ...]:
    """The songs on the way from one to the other, both among them."""
    request = ListRequest(STEPS, seeds=(start.path, end.path), mode="journey")
    return tuple(pick.track for pick in musicrec.lists.recommend(request).picks)


def why(explanation: Explanation) -> str:
    """The score of a song and its weightiest reason, in one line."""
    best = max(explanation.reasons, key=lambda reason: abs(reason.weight), default=None)
    return f"score {explanation.score:.2f}" + (f": {best.text}" if best else "")
