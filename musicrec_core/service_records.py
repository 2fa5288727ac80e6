"""Music services, what they are asked, and what they answer: values that every layer may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musicrec_core.records import FeedbackSource


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A music service: how it is called, where it is, and where its code is."""

    name: FeedbackSource
    """Names its commands, the file of its account and what it tells of the user's listening."""
    title: str
    address: str
    module: str
    """Has `connect`, see `enrich.registry`; imported when the service is first asked."""
    key: str
    """What its key is called."""
    key_page: str
    """Where one gets a key."""
    needs_key: bool
    answers: bool
    """Whether it tells of artists, albums and tracks, and not of the user's listening alone."""


SERVICES = (
    ServiceSpec(
        "lastfm",
        "Last.fm",
        "https://ws.audioscrobbler.com/2.0/",
        "musicrec_core.enrich.lastfm",
        key="API key",
        key_page="https://www.last.fm/api/account/create",
        needs_key=True,
        answers=True,
    ),
    ServiceSpec(
        "listenbrainz",
        "ListenBrainz",
        "https://api.listenbrainz.org/1/",
        "musicrec_core.enrich.listenbrainz",
        key="user token",
        key_page="https://listenbrainz.org/settings/",
        needs_key=False,
        answers=False,
    ),
)
LASTFM = SERVICES[0]


def service_called(name: str) -> ServiceSpec:
    """The service of a name that is in the table."""
    return next(spec for spec in SERVICES if spec.name == name)


Subject = Literal["artist", "album", "track"]
Topic = Literal["tags", "similar", "info"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question to a music service, its names folded into keys; `name` is "" for an artist."""

    server: str
    subject: Subject
    topic: Topic
    artist: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """A neighbour that a music service names; `title` is "" for an artist."""

    artist: str
    title: str
    match: float
    """How similar, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Popularity:
    """How many people listened, and how many times in all."""

    listeners: int
    playcount: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a music service says of an artist, album or track, which it calls `artist`, `name`."""

    artist: str
    name: str = ""
    tags: tuple[tuple[str, float], ...] = ()
    """As listeners wrote them, weights in (0, 1], heaviest first."""
    similar: tuple[Similar, ...] = ()
    popularity: Popularity | None = None


@dataclass(frozen=True, slots=True)
class Listen:
    """A song that someone played or loved (`like`), as a music service remembers it."""

    kind: Literal["play", "like"]
    artist: str
    title: str
    album: str
    at_s: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class ListenPage:
    """Some of a person's plays or loves, newest first."""

    listens: tuple[Listen, ...]
    oldest_s: float | None
    """The time of the oldest entry, a nonsensical one too; None on an empty page."""
    left: int
    """How many pages with older ones follow."""
