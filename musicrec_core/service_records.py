"""What a music service is asked, and what it answers: values that every layer may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
