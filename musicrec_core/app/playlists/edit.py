"""Everything that changes a playlist; each change is written down, so that it can be taken back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence

from musicrec_core.app.context import Context
from musicrec_core.app.playlists import lookup
from musicrec_core.app.playlists.records import PlaylistChange, PlaylistChangeKind
from musicrec_core.errors import MusicRecError
from musicrec_core.ordered import Splice, inserted, moved, without
from musicrec_core.records import Track
from musicrec_core.store.playlist_records import PlaylistEntry, StoredChange, StoredPlaylist
from musicrec_core.text import count


def create(context: Context, name: str, tracks: Sequence[Track] = ()) -> PlaylistChange:
    """Make a playlist. Raises MusicRecError where there is one of that name."""
    with context.store.atomic():
        clean = lookup.checked_name(name)
        _refuse_taken(context, clean)
        return _create(context, clean, tracks, "create")


def add(
    context: Context, name: str, tracks: Sequence[Track], at: int | None, unique: bool
) -> PlaylistChange:
    """Put songs before position `at`, or at the end; the playlist is made where there is none."""
    with context.store.atomic():
        playlist = context.store.playlists.named(context.profile, name)
        if playlist is None:
            return _create(context, lookup.checked_name(name), _once(tracks, unique), "add")
        before = context.store.playlists.entries(playlist.id)
        held = {entry.track_id for entry in before}
        wanted = [t for t in _once(tracks, unique) if not (unique and t.id in held)]
        text = f"added {_named(wanted)} to {playlist.name}"
        if not wanted:
            text = f"{playlist.name} holds {'all of ' if len(tracks) > 1 else ''}that already"
        context.store.playlists.remember(wanted)
        after = inserted(before, _entries(wanted), None if at is None else at - 1)
        repeated = sum(track.id in held for track in wanted)
        return write(context, playlist, "add", text, after, repeated=repeated)


def remove(context: Context, name: str, positions: Collection[int]) -> PlaylistChange:
    """Take out the songs at these positions."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        places = _places(playlist, before, positions)
        gone = [item.track for item in lookup.items(context, [before[p] for p in places])]
        text = f"removed {_named(gone)} from {playlist.name}"
        return write(context, playlist, "remove", text, without(before, places))


def move(context: Context, name: str, positions: Collection[int], to: int) -> PlaylistChange:
    """Put the songs at these positions together, the first of them at position `to`."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        places = _places(playlist, before, positions)
        shifted = [item.track for item in lookup.items(context, [before[p] for p in places])]
        after = moved(before, places, to - 1)
        place = min(max(to, 1), len(before) - len(places) + 1)
        text = f"moved {_named(shifted)} to position {place} of {playlist.name}"
        return write(context, playlist, "move", text, after)


def replace(
    context: Context, name: str, tracks: Sequence[Track], kind: PlaylistChangeKind = "replace"
) -> PlaylistChange:
    """Let a playlist hold these songs and no others; it is made where there is none."""
    with context.store.atomic():
        playlist = context.store.playlists.named(context.profile, name)
        if playlist is None:
            return _create(context, lookup.checked_name(name), tracks, kind)
        held = len(context.store.playlists.entries(playlist.id))
        instead = f", in place of {count(held, 'song')}" if held else ""
        text = f"put {count(len(tracks), 'song')} into {playlist.name}{instead}"
        context.store.playlists.remember(tracks)
        return write(context, playlist, kind, text, _entries(tracks))


def clear(context: Context, name: str) -> PlaylistChange:
    """Take out every song."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        held = len(context.store.playlists.entries(playlist.id))
        text = f"removed all {count(held, 'song')} from {playlist.name}"
        if held < 2:
            text = f"removed {count(held, 'song')} from {playlist.name}"
        return write(context, playlist, "clear", text, ())


def shuffle(context: Context, name: str) -> PlaylistChange:
    """Put the songs into another order, by chance."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        after = tuple(random.sample(before, len(before)))
        if after == before:  # of few songs chance often leaves all where they were
            after = (*before[1:], *before[:1])
        text = f"shuffled the {count(len(before), 'song')} of {playlist.name}"
        return write(context, playlist, "shuffle", text, after)


def rename(context: Context, name: str, new_name: str) -> PlaylistChange:
    """Give it another name. Raises MusicRecError where another one has it."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        clean = lookup.checked_name(new_name)
        _refuse_taken(context, clean, besides=playlist.id)
        text = f"renamed {playlist.name} to {clean}"
        entries = context.store.playlists.entries(playlist.id)
        return write(context, playlist, "rename", text, entries, new_name=clean)


def delete(context: Context, name: str) -> PlaylistChange:
    """Delete it with its songs' places; the songs themselves stay."""
    with context.store.atomic():
        playlist = lookup.stored(context, name)
        before = context.store.playlists.entries(playlist.id)
        context.store.playlists.delete(playlist.id)
        text = f"deleted {playlist.name} ({count(len(before), 'song')})"
        names = (playlist.name, None)
        splice = Splice.between(before, ())
        return _logged(context, playlist.id, "delete", text, names, splice, 0)


def undo(context: Context, name: str | None = None) -> PlaylistChange | None:
    """Take back the newest change of any playlist, or of one; None where there is none."""
    with context.store.atomic():
        change = context.store.playlists.last_done(context.profile, _key(context, name))
        return None if change is None else _turned(context, change, back=True)


def take_back(context: Context, change_id: int) -> PlaylistChange | None:
    """Take back one change, None where it was already. MusicRecError where others came upon it."""
    with context.store.atomic():
        change = context.store.playlists.done(context.profile, change_id)
        return None if change is None else _turned(context, change, back=True)


def redo(context: Context, name: str | None = None) -> PlaylistChange | None:
    """Do again what was taken back last; None where there is nothing."""
    with context.store.atomic():
        change = context.store.playlists.last_undone(context.profile, _key(context, name))
        return None if change is None else _turned(context, change, back=False)


def write(
    context: Context, playlist: StoredPlaylist, kind: PlaylistChangeKind, text: str,
    after: Sequence[PlaylistEntry], *, new_name: str | None = None, repeated: int = 0,
) -> PlaylistChange:  # fmt: skip
    """Keep what a playlist holds now, and what was changed."""
    name = new_name or playlist.name
    splice = Splice.between(context.store.playlists.entries(playlist.id), after)
    if splice.is_empty and name == playlist.name:
        return PlaylistChange(None, name, kind, text, context.now_s(), len(after))
    context.store.playlists.put(context.profile, playlist.id, name, after, context.now_s())
    names = (playlist.name, name)
    return _logged(context, playlist.id, kind, text, names, splice, len(after), repeated)


def _create(
    context: Context, name: str, tracks: Sequence[Track], kind: PlaylistChangeKind
) -> PlaylistChange:
    with_songs = f" with {_named(tracks)}" if tracks else ""
    context.store.playlists.remember(tracks)
    after = _entries(tracks)
    key = context.store.playlists.put(context.profile, None, name, after, context.now_s())
    text = f"made the playlist {name}{with_songs}"
    return _logged(context, key, kind, text, (None, name), Splice(0, (), after), len(after))


def _logged(
    context: Context, key: int, kind: PlaylistChangeKind, text: str,
    names: tuple[str | None, str | None], splice: Splice[PlaylistEntry], songs: int,
    repeated: int = 0,
) -> PlaylistChange:  # fmt: skip
    at_s = context.now_s()
    id_ = context.store.playlists.log(context.profile, key, kind, text, at_s, names, splice)
    name = names[1] or names[0] or ""
    added, removed = _difference(splice)
    return PlaylistChange(id_, name, kind, text, at_s, songs, added, removed, repeated)


def _turned(context: Context, change: StoredChange, *, back: bool) -> PlaylistChange:
    """Make the playlist what it was before a change, or after it."""
    store = context.store.playlists
    splice = change.splice.inverse if back else change.splice
    name = change.name_before if back else change.name_after
    playlist = store.with_id(change.playlist_id)
    try:
        entries = splice.applied(store.entries(change.playlist_id))
    except ValueError as error:
        raise MusicRecError(f"cannot take back “{change.text}”: {error}") from error
    if name is None:
        store.delete(change.playlist_id)
    else:
        if playlist is None or playlist.name != name:
            _refuse_taken(context, name, besides=change.playlist_id)
        store.put(context.profile, change.playlist_id, name, entries, context.now_s())
    store.mark(change.id, undone=back)
    added, removed = _difference(splice)
    shown = name or change.name_before or change.name_after or ""
    kind: PlaylistChangeKind = change.kind  # type: ignore[assignment]  # only those were written
    text = f"{'undone' if back else 'done again'}: {change.text}"
    return PlaylistChange(
        change.id, shown, kind, text, change.at_s, len(entries), added, removed, undone=back
    )


def _key(context: Context, name: str | None) -> int | None:
    return None if name is None else lookup.stored(context, name).id


def _refuse_taken(context: Context, name: str, besides: int | None = None) -> None:
    other = context.store.playlists.named(context.profile, name)
    if other is not None and other.id != besides:
        raise MusicRecError(f"there is a playlist {other.name} already: rename or delete it first")


def _places(
    playlist: StoredPlaylist, entries: Sequence[PlaylistEntry], positions: Collection[int]
) -> list[int]:
    """Places in the tuple, in their order. Raises MusicRecError for one that there is not."""
    beyond = sorted(p for p in positions if not 1 <= p <= len(entries))
    if beyond:
        raise MusicRecError(
            f"there is no position {beyond[0]}: {playlist.name} holds {count(len(entries), 'song')}"
        )
    return sorted(position - 1 for position in set(positions))


def _entries(tracks: Sequence[Track]) -> tuple[PlaylistEntry, ...]:
    return tuple(PlaylistEntry(track.id) for track in tracks)


def _once(tracks: Sequence[Track], unique: bool) -> list[Track]:
    return list({track.id: track for track in tracks}.values()) if unique else list(tracks)


def _named(tracks: Sequence[Track]) -> str:
    return tracks[0].label if len(tracks) == 1 else count(len(tracks), "song")


def _difference(splice: Splice[PlaylistEntry]) -> tuple[int, int]:
    """How many songs a change added and removed; one that only moved is neither."""
    came = Counter(entry.track_id for entry in splice.added)
    went = Counter(entry.track_id for entry in splice.removed)
    return (came - went).total(), (went - came).total()
