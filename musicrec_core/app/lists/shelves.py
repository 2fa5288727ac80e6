"""Shelves: short lists to begin with, each of one kind and with the reason why it is there.

A song counts as played where any recording of it was. Disliked songs stand on no shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.app.lists import recommend
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.folding import fold
from musicrec_core.records import Feedback, Track
from musicrec_core.times import DAY_S

LONGEST = 30  # songs of a shelf
LAST_PLAYED = 3  # songs that are what was played last
LONG_DAYS = 60
NEW_DAYS = 30
ALBUMS = 8  # begun albums that are shown
ENDURING = ("like", "play")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Songs of one kind. reason: why they are here, or what puts songs here where there is none."""

    name: str
    reason: str
    tracks: tuple[Track, ...]


def for_you(context: Context) -> Shelf:
    """What the model would play."""
    picks = _picks(context, ListRequest(LONGEST))
    return Shelf("For you", "what fits you best now", picks)


def more_of_last(context: Context) -> Shelf:
    """Songs like those that were played last."""
    name = "More like your last"
    ids = dict.fromkeys(e.track_id for e in reversed(_played(context)))
    tracks = context.store.tracks.by_id(list(ids)[:LAST_PLAYED])
    seeds = [tracks[i] for i in ids if i in tracks and context.store.tracks.present_paths(i)]
    if not seeds:
        return Shelf(name, "play a song: then others like it stand here", ())
    picks = _picks(context, ListRequest(LONGEST, seeds=tuple(seed.path for seed in seeds)))
    titles = " and ".join(dict.fromkeys(seed.title for seed in seeds))
    return Shelf(name, f"like {titles}, which you played last", picks)


def rediscover(context: Context) -> Shelf:
    """Liked or played once, and not for long; what fits best comes first."""
    feedback = songs.in_force(context)
    last_s: dict[int, float] = {}
    for event in feedback.events:
        if event.kind in ENDURING:
            for track_id in (event.track_id, *feedback.others.get(event.track_id, ())):
                last_s[track_id] = max(last_s.get(track_id, 0.0), event.at_s)
    before_s = context.now_s() - LONG_DAYS * DAY_S
    ids = frozenset(i for i, at_s in last_s.items() if at_s < before_s) & _present(context)
    reason = f"you liked or played them, but not for {LONG_DAYS} days"
    if not ids:
        reason = f"what you liked or played, but not for {LONG_DAYS} days, comes here"
    return Shelf("Rediscover", reason, _picks(context, ListRequest(LONGEST, within=ids)))


def never_played(context: Context) -> Shelf:
    """What fits best of all that was never played."""
    ids = _present(context) - _played_ids(context)
    share = f"{len(ids):,} of your {len(_present(context)):,} songs were never played"
    reason = f"{share}: those that fit you best" if ids else "every song was played"
    return Shelf("Never played", reason, _picks(context, ListRequest(LONGEST, within=ids)))


def new_arrivals(context: Context) -> Shelf:
    """What came into the library lately, the newest first."""
    since_s = context.now_s() - NEW_DAYS * DAY_S
    added = context.store.tracks.added()
    ids = [i for i, at_s in added.items() if at_s >= since_s]
    newest = sorted(_liked_or_unsaid(context, ids), key=lambda i: (-added[i], i))[:LONGEST]
    reason = f"came into your library in the last {NEW_DAYS} days, the newest first"
    if not newest:
        reason = f"nothing came into your library in the last {NEW_DAYS} days"
    return Shelf("New arrivals", reason, _tracks(context, newest))


def unfinished_albums(context: Context) -> Shelf:
    """What was not played of albums that were begun, the last begun album first."""
    played = _played_ids(context)
    last_first = list(dict.fromkeys(event.track_id for event in reversed(_played(context))))
    begun = _albums(context.store.tracks.by_id(last_first), last_first)
    rest: list[int] = []
    shown = 0
    for track in begun:
        ids = context.store.tracks.holding("album", fold(track.album), whole=True)
        of_album = context.store.tracks.by_id(ids).values()
        mine = [t for t in of_album if _album_of(t) == _album_of(track) and t.id not in played]
        mine.sort(key=lambda t: (t.disc_no or 0, t.track_no or 0, t.title))
        shown += bool(mine)
        rest += [t.id for t in mine]
        if shown == ALBUMS or len(rest) >= LONGEST:
            break
    rest = _liked_or_unsaid(context, rest)[:LONGEST]
    reason = "what you have not heard yet of albums that you began"
    if not rest:
        reason = "albums of which you played some songs, but not all, come here"
    return Shelf("Albums not finished", reason, _tracks(context, rest))


SHELVES: dict[str, Callable[[Context], Shelf]] = {
    "For you": for_you,
    "More like your last": more_of_last,
    "Rediscover": rediscover,
    "Never played": never_played,
    "New arrivals": new_arrivals,
    "Albums not finished": unfinished_albums,
}
"""By name, in their order."""


def _picks(context: Context, request: ListRequest) -> tuple[Track, ...]:
    """The songs of a list, which does not count as shown."""
    if request.within is not None and not request.within:
        return ()
    recommended = recommend.recommend(context, request, logged=False)
    return tuple(pick.track for pick in recommended.picks)


def _played(context: Context) -> list[Feedback]:
    """Plays, by the time at which they were, the oldest first."""
    events = songs.in_force(context).events
    return sorted((e for e in events if e.kind == "play"), key=lambda e: (e.at_s, e.id))


def _played_ids(context: Context) -> frozenset[int]:
    others = songs.in_force(context).others
    plays = _played(context)
    return frozenset(i for e in plays for i in (e.track_id, *others.get(e.track_id, ())))


def _present(context: Context) -> frozenset[int]:
    return frozenset(context.store.tracks.present_ids())


def _liked_or_unsaid(context: Context, ids: Iterable[int]) -> list[int]:
    """Without those that are disliked."""
    opinions = songs.in_force(context).opinions
    return [i for i in ids if i not in opinions or opinions[i].kind != "dislike"]


def _tracks(context: Context, ids: Iterable[int]) -> tuple[Track, ...]:
    wanted = list(ids)
    tracks = context.store.tracks.by_id(wanted)
    return tuple(tracks[i] for i in wanted if i in tracks)


def _albums(by_id: dict[int, Track], order: Iterable[int]) -> list[Track]:
    """One song of each album, in this order."""
    tracks = [by_id[i] for i in order if i in by_id and by_id[i].album]
    return list({_album_of(t): t for t in reversed(tracks)}.values())[::-1]


def _album_of(track: Track) -> tuple[str, str]:
    by = "" if track.compilation else track.album_artist or track.lead or track.artist
    return fold(track.album), fold(by)
