"""What the library can be narrowed to: rules as they are typed, and those worth offering."""

from __future__ import annotations

import os
import re
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.rules import matching, parse
from musicrec_core.app.lists.rules.fields import FIELDS
from musicrec_core.app.scores import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musicrec_core.app.context import Context
    from musicrec_core.records import IntArray

FilterKind = Literal["state", "decade", "genre", "mood", "format"]
GENRES_OFFERED = 60
STATES = ("liked", "-liked -disliked", "plays:0", "-played:-90d", "added:-30d", "disliked")
_TOKEN = re.compile(r'-?[^\s:"]+:(?:"[^"]*"|[^\s"])*|\S+')


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """A rule worth offering. songs: how many it leaves, where that is counted cheaply."""

    kind: FilterKind
    rule: str
    songs: int | None = None


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """What stands in a search box: words to search for, and rules."""

    words: str
    rules: tuple[str, ...]


def read(text: str) -> TypedQuery:
    """Split a text; a date that is named alone (`liked`) is a rule only among nothing but rules."""
    tokens = _TOKEN.findall(text)
    rules = [token for token in tokens if _names_field(token)]
    if all(_names_field(token) or _is_state(token) for token in tokens):
        return TypedQuery("", tuple(tokens))
    return TypedQuery(" ".join(t for t in tokens if t not in rules), tuple(rules))


def narrowed(context: Context, file_ids: array[int], where: str) -> array[int]:
    """Those of the files whose songs fit rules, in the same order; RuleError for what is none."""
    person = Person.now(context, at_once=True)
    fitting = person.catalogue.track_ids[matching(person, parse(where))]
    files, tracks = context.store.listing.files_and_tracks()
    ids, of_track = np.frombuffer(files, np.int64), np.frombuffer(tracks, np.int64)
    listed = np.frombuffer(file_ids, np.int64)
    kept = listed[np.isin(listed, ids[np.isin(of_track, fitting)])]
    return array("q", kept.tobytes())


def offered(context: Context) -> list[LibraryFilter]:
    """By kind; decades in their order, genres and formats the commonest first."""
    return [
        *(LibraryFilter("state", rule) for rule in STATES),
        *_decades_and_genres(context),
        *(LibraryFilter("mood", f"mood:{_quoted(name)}") for name in context.ears.mood_names),
        *_formats(context),
    ]


def _decades_and_genres(context: Context) -> Iterator[LibraryFilter]:
    library = catalogue.load(context).catalogue
    years = library.column("year")
    decades = (years[np.isfinite(years)] // 10 * 10).astype(np.int64)
    for decade, songs in zip(*np.unique(decades, return_counts=True), strict=True):
        yield LibraryFilter("decade", f"year:{decade}s", int(songs))
    counts: IntArray = np.bincount(library.tag_codes, minlength=len(library.tag_names))
    for code in np.argsort(-counts, kind="stable")[:GENRES_OFFERED]:
        if counts[code]:
            rule = f"genre:{_quoted('=' + library.tag_names[code])}"
            yield LibraryFilter("genre", rule, int(counts[code]))


def _formats(context: Context) -> Iterator[LibraryFilter]:
    suffixes = Counter(
        os.path.splitext(path)[1].removeprefix(".").casefold()
        for _, path in context.store.tracks.paths()
    )
    for suffix, files in suffixes.most_common():
        if suffix:
            yield LibraryFilter("format", f"format:{suffix}", files)


def _quoted(text: str) -> str:
    text = text.replace('"', "")
    return text if re.fullmatch(r"[\w=-]+", text) else f'"{text}"'


def _names_field(token: str) -> bool:
    name, colon, _ = token.removeprefix("-").partition(":")
    return bool(colon) and name.casefold() in FIELDS


def _is_state(token: str) -> bool:
    field = FIELDS.get(token.removeprefix("-").casefold())
    return field is not None and field.kind == "date"
