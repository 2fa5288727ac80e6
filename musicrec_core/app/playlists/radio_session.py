"""A radio that goes on from a playlist: what it holds was heard, what was said of it counts."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence, songs
from musicrec_core.app.lists.request import HeardSong, RadioSession, Verdict
from musicrec_core.app.playlists import lookup


def of_playlist(context: Context, name: str, seeds: tuple[str, ...]) -> RadioSession:
    """Raises QueryError where there is no playlist of that name."""
    playlist = lookup.show(context, name)
    verdicts: dict[int, Verdict] = {}
    for event in songs.in_force(context).events:
        worth = evidence.evidence(event.kind, event.value, None)
        if event.at_s >= playlist.made_at_s and event.kind != "play" and worth:
            verdicts[event.track_id] = "liked" if worth > 0 else "skipped"
    heard = (HeardSong(t.id, verdicts.get(t.id, "played")) for t in playlist.tracks)
    return RadioSession(seeds).after(*heard)
