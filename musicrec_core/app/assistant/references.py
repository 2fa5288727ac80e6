"""Songs that are pointed at: "the second", "the last two", "that one", "all of them"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import places
from musicrec_core.app.assistant.records import UnclearError
from musicrec_core.folding import fold
from musicrec_core.language.features import NUMBERS

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Request
    from musicrec_core.records import Track

_MANY = re.compile(r"\b(them|these|those|all of (it|this|that)|the (whole )?(lot|list)|both)\b")
_COUNTED = re.compile(r"\b(both|(?:these|those|the|all) (two|three|four|five|six))\b")
_EVERY = re.compile(r"\b(all|everything|every (song|track|one)|both)\b")
_ARTIST = re.compile(
    r"\b(by|of|from|like|not|than|but|except|without|to) "
    r"(him|her|them|(that|this|the same) (artist|band|singer|group|guy|one))\b"
)
_ALBUM = re.compile(r"\b(that|this|the same|the whole|its) album\b")
_POINTING = re.compile(r"\b(it|its|this|that|thats|one|song|track|tune|him|her)\b")
_BARE = frozenset(
    [
        "i",
        "me",
        "you",
        "we",
        "really",
        "just",
        "like",
        "love",
        "loved",
        "liked",
        "hate",
        "hated",
        "dislike",
        "disliked",
        "rate",
        "give",
        "a",
        "an",
        "the",
        "and",
        "of",
        "so",
        "very",
        "much",
        "too",
        "please",
        "now",
        "again",
        "ok",
        "okay",
        "no",
        "yes",
        "thanks",
        "thank",
        "great",
        "good",
        "bad",
        "awful",
        "nice",
        "star",
        "stars",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "out",
        "half",
        "point",
        "points",
        "thumbs",
        "thumb",
        "up",
        "down",
        "why",
        "describe",
        "tell",
        "more",
        "again",
        "what",
        "s",
        "sounds",
        "do",
        "did",
        "pick",
        "recommend",
        "choose",
        "chose",
        "suggest",
        "add",
        "remove",
        "delete",
        "drop",
        "play",
        "to",
        "my",
        "list",
        "playlist",
        "from",
        "here",
        "for",
        "is",
        "was",
        "are",
        "absolutely",
        "rubbish",
        "favourite",
        "favorite",
        "never",
        "want",
        "hear",
    ]
)


def pointed_at(talk: Talk, request: Request) -> list[Track]:
    """The songs that a request points at without naming them; none where it points at nothing."""
    place, _ = places.position(request)
    folded = fold(request.text)
    if _ALBUM.search(folded):
        return _album_of(talk, _one(talk))
    if place == "previous":
        return [_before(talk)]
    if chosen := places.every(request):
        return [track for at_, n in chosen if at_ is not None for track in _listed(talk, at_, n)]
    if _MANY.search(folded) or (_EVERY.search(folded) and place is None):
        return list(_several(talk, folded))
    if place == "this" or re.search(r"\b(it|its|this|that|thats)\b", folded):
        return [_one(talk)]
    return []


def one_pointed_at(talk: Talk, request: Request) -> list[Track]:
    """As `pointed_at`, and what was spoken of last where the words speak of nothing else."""
    pointed = pointed_at(talk, request)
    if pointed:
        return pointed
    folded = fold(request.text)
    if not (_POINTING.search(folded) or _BARE.issuperset(folded.split())):
        raise UnclearError(f"which song is meant by “{request.text}”?")
    return [_one(talk)]


def artist_pointed_at(talk: Talk, text: str) -> str | None:
    """The artist that "by him", "like that band" means; None where no one is pointed at."""
    match = _ARTIST.search(fold(text))
    if match is None or (match[1] not in ("by", "like", "not") and match[2] == "them"):
        return None
    spoken_of = talk.focus
    if not spoken_of:
        raise UnclearError("no song was spoken of yet: name the artist")
    return spoken_of[0].lead or spoken_of[0].artist


def _listed(talk: Talk, place: str | int, number: int | None) -> list[Track]:
    shown = talk.tracks(talk.state.listed) or talk.focus
    if not shown:
        raise UnclearError("no list was shown yet: name the song, or ask for some")
    return places.at(shown, place, number, "the list shown last")


def _album_of(talk: Talk, track: Track) -> list[Track]:
    ids = talk.context.store.search.of_album(f"{track.album_artist or track.artist} {track.album}")
    album = talk.context.store.tracks.by_id(sorted(ids) or [track.id]).values()
    return sorted(album, key=lambda t: (t.disc_no or 0, t.track_no or 0, t.path))


def _several(talk: Talk, folded: str) -> tuple[Track, ...]:
    spoken_of = talk.focus if len(talk.focus) > 1 else talk.tracks(talk.state.listed)
    if not spoken_of:
        raise UnclearError("no songs were spoken of yet: name them, or ask for some")
    counted = _COUNTED.search(folded)
    if counted and NUMBERS.get(counted[2] or "two", 2) != len(spoken_of):
        raise UnclearError("which ones? Say “the first and the third”", spoken_of)
    return spoken_of


def _one(talk: Talk) -> Track:
    spoken_of = talk.focus
    if not spoken_of:
        raise UnclearError("no song was spoken of yet: name it")
    if len(spoken_of) > 1:
        raise UnclearError("which one? Say “the second”, or its title", spoken_of)
    return spoken_of[0]


def _before(talk: Talk) -> Track:
    """The song spoken of before the last one, else the one above it in the list."""
    singles = [ids[0] for ids in talk.state.mentioned if len(ids) == 1]
    listed = talk.state.listed
    if len(singles) > 1:
        tracks = talk.tracks(singles[-2:-1])
    elif singles and singles[-1] in listed[1:]:
        tracks = talk.tracks([listed[listed.index(singles[-1]) - 1]])
    else:
        tracks = ()
    if not tracks:
        raise UnclearError("no other song was spoken of before")
    return tracks[0]
