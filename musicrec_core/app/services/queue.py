"""What to ask a music service about, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback.evidence import evidence
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.app.scores import metadata
from musicrec_core.service_records import Lookup, Subject, Topic
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from musicrec_core.records import Track
    from musicrec_core.store.services.enrichment import Key

# Tags of artists first: an answer each serves all of an artist's songs. What only tells more of
# the same comes later, and what is said of single songs, by far the most requests, last.
ORDER: tuple[tuple[Subject, Topic], ...] = (
    ("artist", "tags"), ("artist", "similar"), ("artist", "info"),
    ("album", "tags"), ("album", "info"),
    ("track", "tags"), ("track", "info"), ("track", "similar"),
)  # fmt: skip

LIKED = 10.0  # a liked song makes its artist as urgent as ten songs do


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the key of its answer, and the names as the library spells them."""

    lookup: Lookup
    artist: str
    name: str


@dataclass(frozen=True, slots=True)
class QuestionQueue:
    """What is to be asked, in order, and how many answers are there and young enough."""

    wants: list[Question]
    cached: int


def question_queue(
    context: Context, server: str, subjects: set[Subject], max_age_days: float
) -> QuestionQueue:
    """All that was never asked at this server, or too long ago."""
    tracks = list({t.id: t for t in context.store.tracks.present()}.values())
    useful = _usefulness(context, tracks)
    oldest_s = context.now_s() - max_age_days * DAY_S
    wants: list[Question] = []
    cached = 0
    for subject in ("artist", "album", "track"):
        if subject not in subjects:
            continue
        names = _by_usefulness(tracks, useful, subject)
        for topic in (topic for of, topic in ORDER if of == subject):
            ages = context.store.enrichment.ages(server, subject, topic)
            due = [key for key in names if ages.get(key, 0.0) < oldest_s]
            cached += len(names) - len(due)
            wants += [Question(Lookup(server, subject, topic, *key), *names[key]) for key in due]
    return QuestionQueue(wants, cached)


def _usefulness(context: Context, tracks: list[Track]) -> dict[int, float]:
    """By track id: one for being there, more for being liked or played."""
    useful = dict.fromkeys((t.id for t in tracks), 1.0)
    for event in in_force(context).events:
        if event.track_id in useful:
            useful[event.track_id] += LIKED * max(evidence(event.kind, event.value, None), 0.0)
    return useful


def _by_usefulness(
    tracks: list[Track], useful: dict[int, float], subject: Subject
) -> dict[Key, tuple[str, str]]:
    """(artist, name) as first spelled, by key, in the order of what their songs are worth."""
    worth: dict[Key, float] = {}
    spelled: dict[Key, tuple[str, str]] = {}
    for track, key in _keyed(tracks, subject):
        worth[key] = worth.get(key, 0.0) + useful[track.id]
        spelled.setdefault(key, _spelling(track, subject))
    return {key: spelled[key] for key in sorted(worth, key=lambda k: -worth[k])}


def _keyed(tracks: list[Track], subject: Subject) -> Iterator[tuple[Track, Key]]:
    for track in tracks:
        key = metadata.key_of(track, subject)
        if key is not None and (subject == "artist" or key[1]):
            yield track, key


def _spelling(track: Track, subject: Subject) -> tuple[str, str]:
    if subject == "album":
        return track.album_artist or track.artist, track.album
    return metadata.artist_of(track), track.title if subject == "track" else ""
