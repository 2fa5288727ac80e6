"""add, remove, view, clear, shuffle: the current playlist, or one that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import beside, naming, places, references
from musicrec_core.app.assistant.acts import lists, playback
from musicrec_core.app.assistant.records import Reply, TalkChange, UnclearError
from musicrec_core.app.assistant.talk import A_HANDFUL
from musicrec_core.app.playlists import edit, lookup, select
from musicrec_core.app.wishes.talk import understander
from musicrec_core.errors import MusicRecError
from musicrec_core.folding import fold
from musicrec_core.text import count

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.app.playlists.records import Playlist, PlaylistChange
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.records import Track

A_FEW = 5
_NAMES = frozenset(("artist", "album", "track", "playlist", "familiarity"))
_MAKING = re.compile(
    r"\b(make|create|start|begin|new)( me| us)?( an?| another)?( new| empty)* (playlist|list|mix)\b"
)
_SOME = re.compile(r"\b(some|something|songs|tracks|tunes|a few|few|couple|bit)\b")
_ONE = re.compile(r"\b(a|one) (\w+ ){0,3}(song|track|tune|one)\b|\bsomething\b")
_DELETING = re.compile(r"\bdelete( the| my)? (playlist \w|(\w+ ){1,3}playlist$)")
_WHERE = re.compile(r"\b(in|into|to|on|onto|with|for) (my|the|our) .*$")
_AT_ONCE = re.compile(r"(please |can you |could you )*(add|put|queue|throw|stick|get|save) $")
_SEVERAL_LISTS = re.compile(r"\b(my|which|what|all|the) (\w+ )?playlists\b")
UNDO = "“undo” takes it back"
_ON_LIST = re.compile(r"\b(list|playlist|queue|mix|mixtape)s?\b")


def add(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Add songs named, pointed at, or chosen for a wish; a playlist that is new is made."""
    name = naming.playlist_of(talk, request) or talk.state.playlist
    tracks, said_of_them = _to_add(talk, request, chips)
    if not tracks and not _MAKING.search(fold(request.text)):
        raise UnclearError("what is to be added? Name a song, or say what it should be like")
    near = lookup.near(talk.context, name)
    with talk.context.store.atomic():
        if tracks:
            at = beside.position(talk, request.text, name)
            change = edit.add(talk.context, name, tracks, at, False)
        else:
            change = edit.create(talk.context, name)
        reply = _kept(talk, change, tracks)
    notes = [reply, said_of_them]
    if change.repeated:
        held = "it was" if change.repeated == 1 else f"{count(change.repeated, 'song')} were"
        notes.append(f"{held.capitalize()} in it already.")
    if change.description.startswith("made") and near:
        notes.append(f"There is also one called {near[0]}.")
    return _changed(change, " ".join(filter(None, notes)), tracks)


def remove(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """Take out songs by place, by name or by what was spoken of."""
    playlist = _playlist(talk, request)
    positions = _to_remove(talk, request, playlist)
    gone = [item.track for item in playlist.items if item.position in positions]
    _ask(talk, len(gone), f"Remove {count(len(gone), 'song')} from {playlist.name}?")
    with talk.context.store.atomic():
        change = edit.remove(talk.context, playlist.name, positions)
        return _changed(change, _kept(talk, change, gone), gone)


def view(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """Show a playlist, or which there are."""
    if naming.playlist_of(talk, request) is None and _SEVERAL_LISTS.search(fold(request.text)):
        every = lookup.summaries(talk.context)
        names = ", ".join(f"{one.name} ({count(one.songs, 'song')})" for one in every)
        return Reply(f"Your playlists: {names}." if every else "There is no playlist yet.")
    playlist = _playlist(talk, request)
    tracks = tuple(item.track for item in playlist.items)
    talk.keep(replace(talk.state.showing(tracks), playlist=playlist.name))
    return Reply(f"{playlist.name} holds {count(len(tracks), 'song')}.", tracks=tracks)


def clear(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Take out every song, of an artist alone where one is named; "delete the playlist" too."""
    songs_by = _songs_by(talk, request)
    if songs_by is not None:
        return remove(talk, replace(request, slots={"artist": songs_by}), chips)
    playlist = _playlist(talk, request)
    _ask(talk, len(playlist.items),
         f"Remove all {count(len(playlist.items), 'song')} from {playlist.name}?")  # fmt: skip
    whole = _DELETING.search(fold(request.text)) is not None
    with talk.context.store.atomic():
        change = (edit.delete if whole else edit.clear)(talk.context, playlist.name)
        return _changed(change, _kept(talk, change, ()), ())


def shuffle(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """Put a playlist into another order; where none is named, what a player plays next."""
    names_one = _ON_LIST.search(fold(request.text)) or naming.playlist_of(talk, request)
    if not names_one and talk.player is not None:
        return playback.mix(talk, request)
    playlist = _playlist(talk, request)
    if len(playlist.items) < 2:
        held = count(len(playlist.items), "song")
        raise MusicRecError(f"there is no order to change: {playlist.name} holds {held}")
    with talk.context.store.atomic():
        change = edit.shuffle(talk.context, playlist.name)
        reply = _kept(talk, change, ())
        shown = tuple(item.track for item in lookup.show(talk.context, playlist.name).items)
        return _changed(change, reply, shown)


def _playlist(talk: Talk, request: Request) -> Playlist:
    name = naming.playlist_of(talk, request)
    if name is None and not any(
        p.name == talk.state.playlist
        for p in talk.context.store.playlists.all(talk.context.profile)
    ):
        raise MusicRecError("there is no playlist in this talk yet: add a song, or name one")
    return lookup.show(talk.context, name or talk.state.playlist)


def _songs_by(talk: Talk, request: Request) -> str | None:
    """The artist, where "remove everything by Queen" was taken for the clearing of a playlist."""
    if not re.search(r"\bby\b", fold(request.text)):
        return None
    stored = talk.context.store.playlists
    names = [name for name in naming.texts(request, "playlist")
             if stored.named(talk.context.profile, name) is None]  # fmt: skip
    return next(iter((*naming.texts(request, "artist"), *names)), None)


def _to_add(talk: Talk, request: Request, chips: Sequence[Chip]) -> tuple[list[Track], str]:
    """What is to be added, in order, and what there is to say of it."""
    folded, number = fold(request.text), places.position(request)[1]
    some = bool(number or naming.amounts(request) or _SOME.search(folded) or _ONE.search(folded))
    wishes = _wishes(talk, request, chips, some=some)
    named = [chip for chip in chips if chip.kind == "artist"]
    by = references.artist_pointed_at(talk, request.text)
    if wishes or by or (named and some and not naming.texts(request, "track")):
        wanted = number or (1 if _ONE.search(folded) else A_FEW)
        if wishes and all(chip.kind == "unknown" for chip in wishes):
            raise UnclearError(f"“{wishes[0].text}” was not understood")
        made = lists.songs_for(talk, request, [*wishes, *named], wanted)
        few = next((n.values["count"] for n in made.notices if n.code == "wish-few"), None)
        fitting = made.picks if few is None else made.picks[: int(str(few))]
        if not fitting:
            raise UnclearError(f"no song fits that. {lists.notes(made)}".rstrip(". "))
        return [pick.track for pick in fitting], lists.notes(made)
    names = naming.songs(talk, request, whole=True)
    return names or references.pointed_at(talk, request), ""


def _wishes(talk: Talk, request: Request, chips: Sequence[Chip], *, some: bool) -> list[Chip]:
    """The constraints on songs to be chosen: "some jazz", "sad songs"; none of other words.

    "Keep this tune in Sunday morning" wishes for nothing: what is named or pointed at is meant.
    """
    if naming.texts(request, "track") or places.position(request)[0] is not None:
        return []
    for amount in naming.amounts(request):
        chips = [*chips, *understander(talk.context).chips(amount)]
    folded = fold(request.text)
    where = _WHERE.search(folded)
    place = fold(naming.playlist_of(talk, request) or "") + (where[0] if where else "")
    wishes = [c for c in chips if c.kind not in _NAMES and fold(c.text) not in place]
    at_once = wishes and _AT_ONCE.fullmatch(folded[: folded.find(fold(wishes[0].text))])
    return wishes if some or at_once else []


def _to_remove(talk: Talk, request: Request, playlist: Playlist) -> set[int]:
    """Positions in the playlist."""
    pointed = [(p, n) for p, n in places.every(request) if p not in (None, "previous")]
    if pointed:
        return {
            item.position
            for place, number in pointed
            if place is not None
            for item in places.at(playlist.items, place, number, playlist.name)
        }
    names = [
        name
        for slot in ("track", "artist", "album", "playlist")
        for name in naming.texts(request, slot)
        if fold(name) != fold(playlist.name)
    ]
    if names:
        every = len(names) == 1 and not naming.texts(request, "track")
        return {
            position
            for name in names
            for position in select.positions(talk.context, playlist.name, name, every=every)
        }
    wanted = {track.id for track in references.one_pointed_at(talk, request)}
    positions = {item.position for item in playlist.items if item.track.id in wanted}
    if not positions:
        raise MusicRecError(f"that is not in {playlist.name}")
    return positions


def _ask(talk: Talk, songs: int, question: str) -> None:
    """Ask before more than a handful of songs goes."""
    if songs > A_HANDFUL and not talk.confirm(question):
        raise MusicRecError(f"{question[:-1]}: not done without a yes")


def _kept(talk: Talk, change: PlaylistChange, tracks: Sequence[Track]) -> str:
    """Let the talk go on from a change, in the unit of work that made it; what was done."""
    state = replace(talk.state.mentioning(tracks), playlist=change.playlist)
    description = change.description
    if change.id is None:
        talk.keep(state)
        return f"Nothing to change: {description}."
    talk.keep(state, description, [("playlist", change.id)])
    return f"{description[:1].upper()}{description[1:]}; {UNDO}."


def _changed(change: PlaylistChange, text: str, tracks: Sequence[Track]) -> Reply:
    changes = () if change.id is None else (
        TalkChange(change.kind, change.description, change.playlist),
    )  # fmt: skip
    return Reply(text, True, changes, tuple(tracks))
