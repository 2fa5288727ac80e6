"""What a rule can speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

FieldKind = Literal["text", "number", "year", "length", "date"]


@dataclass(frozen=True, slots=True)
class RuleField:
    """A field: what its values are, and an example."""

    kind: FieldKind
    example: str
    column: str = ""
    """Where it stands among the plain numbers of the catalogue."""


def _shares(*names: str) -> dict[str, RuleField]:
    return {name: RuleField("number", f"{name}:0.7..", name) for name in names}


FIELDS: Mapping[str, RuleField] = MappingProxyType({
    "genre": RuleField("text", "genre:jazz,blues"),
    "mood": RuleField("text", "mood:calm"),
    "artist": RuleField("text", 'artist:"Miles Davis"'),
    "album": RuleField("text", "album:blue"),
    "title": RuleField("text", "title:rain"),
    "path": RuleField("text", "path:classical"),
    "format": RuleField("text", "format:flac"),
    "playlist": RuleField("text", "playlist:road"),
    "year": RuleField("year", "year:1960..1975", "year"),
    "tempo": RuleField("number", "tempo:..100", "tempo_bpm"),
    "length": RuleField("length", "length:3:00..5:30", "duration_s"),
    **_shares(
        "energy", "acousticness", "danceability", "instrumentalness", "arousal", "valence"
    ),
    "score": RuleField("number", "score:0.6.."),
    "rating": RuleField("number", "rating:4.."),
    "plays": RuleField("number", "plays:0"),
    "skips": RuleField("number", "skips:..2"),
    "added": RuleField("date", "added:-30d"),
    "played": RuleField("date", "-played:-90d"),
    "liked": RuleField("date", "liked"),
    "disliked": RuleField("date", "-disliked"),
    "skipped": RuleField("date", "-skipped:-7d"),
    "rated": RuleField("date", "rated:2026"),
})  # fmt: skip
"""A date that is named alone asks whether there is one: `liked`."""
