"""Guests: now and then a song of musicrec's choice in a list of the user's own, marked as such.

A guest stays only if it is accepted. One that is rejected is not brought again to any playlist for
a while, or is disliked and never comes again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import record, songs
from musicrec_core.app.lists import recommend
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.playlists import edit, lookup
from musicrec_core.app.playlists.records import PlaylistChange, PlaylistItem
from musicrec_core.errors import MusicRecError
from musicrec_core.ordered import guest_places, inserted, without
from musicrec_core.records import FeedbackSource, Track
from musicrec_core.store.playlist_records import PlaylistEntry
from musicrec_core.text import count
from musicrec_core.times import DAY_S

NOT_NOW_DAYS = 30
MOST_SEEDS = 12
"""Songs of the list that guests are near to, spread evenly over it."""


def invite(context: Context, name: str, every: int) -> PlaylistChange:
    """Put a guest after every so many songs, where there is none yet."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        entries = context.store.playlists.entries(playlist.id)
        own = sum(not entry.guest for entry in entries)
        places = guest_places([entry.guest for entry in entries], every)
        if own < every:
            raise MusicRecError(
                f"{playlist.name} holds {count(own, 'song')} of yours, fewer than {every}: "
                "a guest comes after every so many"
            )
        guests = for_tracks(context, lookup.show(context, name).tracks, len(places))
        after: Sequence[PlaylistEntry] = entries
        for place, track in reversed(list(zip(places, guests, strict=False))):
            after = inserted(after, (PlaylistEntry(track.id, guest=True),), place)
        context.store.playlists.remember(guests)
        text = f"put {count(len(guests), 'guest')} into {playlist.name}"
        if places and not guests:
            text = f"no song that fits {playlist.name} is left for a guest"
        elif not places:
            text = f"{playlist.name} has a guest after every {every} songs already"
        return edit.write(context, playlist, "invite", text, after)


def for_tracks(context: Context, tracks: Sequence[Track], wanted: int) -> tuple[Track, ...]:
    """At most so many songs near to these that are not among them, the best first."""
    if not tracks or not wanted:
        return ()
    ids = {track.id for track in tracks}
    held = ids | {o for others in songs.recordings(context, ids).values() for o in others}
    refused = context.store.playlists.rejected(
        context.profile, context.now_s() - NOT_NOW_DAYS * DAY_S
    )
    step = -(-len(tracks) // MOST_SEEDS)
    request = ListRequest(
        wanted,
        seeds=tuple(str(track.id) for track in tracks[::step]),
        within=frozenset(context.store.tracks.present_ids() - held - refused),
    )
    return tuple(pick.track for pick in recommend.recommend(context, request).picks)


def accept(
    context: Context,
    name: str,
    positions: Collection[int] | None,
    *,
    like: bool,
    source: FeedbackSource,
) -> PlaylistChange:
    """Let guests stay as songs of the list: those at these positions, or all."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        guests = _guests(context, name, positions)
        places = {item.position - 1 for item in guests}
        after = [replace(e, guest=e.guest and i not in places) for i, e in enumerate(before)]
        if like:
            for item in guests:
                record.record(context, item.track, "like", None, source)
        text = f"accepted {_named(guests)} in {playlist.name}"
        return edit.write(context, playlist, "accept", text, after)


def reject(
    context: Context,
    name: str,
    positions: Collection[int] | None,
    *,
    never: bool,
    source: FeedbackSource,
) -> PlaylistChange:
    """Take guests out: those at these positions, or all; `never` dislikes them as well."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        guests = _guests(context, name, positions)
        if never:
            for item in guests:
                record.record(context, item.track, "dislike", None, source)
        how = "and disliked " if never else ""
        text = f"rejected {how}{_named(guests)} in {playlist.name}"
        after = without(before, {item.position - 1 for item in guests})
        return edit.write(context, playlist, "reject", text, after)


def _guests(
    context: Context, name: str, positions: Collection[int] | None
) -> tuple[PlaylistItem, ...]:
    """Raises MusicRecError where there is none, or another song at one of the positions."""
    shown = lookup.show(context, name)
    guests = tuple(item for item in shown.items if item.guest)
    if not guests:
        raise MusicRecError(f"{shown.name} has no guest: `musicrec playlist guests` invites some")
    if positions is None:
        return guests
    own = set(positions) - {item.position for item in guests}
    if own:
        raise MusicRecError(f"there is no guest at position {min(own)} of {shown.name}")
    return tuple(item for item in guests if item.position in positions)


def _named(guests: Sequence[PlaylistItem]) -> str:
    return guests[0].track.label if len(guests) == 1 else count(len(guests), "guest")
