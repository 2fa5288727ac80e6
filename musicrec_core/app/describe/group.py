"""An artist, an album, a playlist or a cluster in two or three sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.describe.heard import HeardWords
from musicrec_core.app.describe.records import Claim, Description
from musicrec_core.app.describe.standing import standings
from musicrec_core.app.describe.wording import hedged, joined, listed, sentence
from musicrec_core.app.lists.person import Person
from musicrec_core.errors import QueryError
from musicrec_core.records import Attributes, Track

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.records import IntArray

TAGS_NAMED = 3


def describe(context: Context, name: str, tracks: Sequence[Track]) -> Description:
    """What is known of several songs together; raises QueryError where none is present."""
    person = Person.now(context)
    rows = person.catalogue.rows_of(track.id for track in tracks)
    if not len(rows):
        raise QueryError(f"no song of {name!r} is there at the moment")
    heard = HeardWords.of(person.context, person.catalogue, rows)
    moods, genres = heard.shares()
    size = _size_claims(name, tracks)
    style = _tag_claims(tracks) or heard.genre_claims()
    sound = heard.mood_claims()
    places = [standing.claim for standing in standings(person.catalogue, rows)]
    typical = _typical_claim(person, rows)
    text = joined((
        sentence([_first(size, style)]),
        sentence([_second(sound, places, listened=bool(moods))]),
        sentence([typical[0].text if typical else ""]),
    ))  # fmt: skip
    claims = (*size, *style, *sound, *places, *typical)
    return Description(text, claims, None, Attributes(), moods, genres, len(rows))


def _size_claims(name: str, tracks: Sequence[Track]) -> list[Claim]:
    """How many songs, by how many artists, from which years."""
    count = len({track.id for track in tracks})
    claims = [Claim(f"“{name}”", "name", name)]
    claims.append(Claim(f"{count} song{'s' * (count != 1)}", "songs", count))
    artists = Counter(track.lead or track.artist for track in tracks if track.artist)
    if len(artists) > 1:
        claims.append(Claim(f"by {len(artists)} artists", "artists", len(artists)))
    years = [track.year for track in tracks if track.year]
    if years:
        first, last = min(years), max(years)
        span = f"of {first}" if first == last else f"from {first} to {last}"
        claims.append(Claim(span, "years", f"{first}-{last}"))
    return claims


def _tag_claims(tracks: Sequence[Track]) -> list[Claim]:
    """The commonest tags, with how many songs carry them."""
    tags = Counter(tag for track in tracks for tag in dict.fromkeys(track.genres))
    return [Claim(tag, f"tag:{tag}", songs) for tag, songs in tags.most_common(TAGS_NAMED)]


def _typical_claim(person: Person, rows: IntArray) -> list[Claim]:
    """The song nearest to the middle of what they sound like."""
    heard = rows[person.catalogue.knows("sound")[rows]]
    if len(heard) < 3:
        return []
    vectors = person.catalogue.near[heard]
    best = int(heard[int(np.argmax(vectors @ vectors.mean(axis=0)))])
    track_id = int(person.catalogue.track_ids[best])
    track = person.context.store.tracks.by_id([track_id])[track_id]
    return [Claim(f"the most typical of them is {track.label}", "typical", track_id)]


def _first(size: list[Claim], style: list[Claim]) -> str:
    name, *counts = (claim.text for claim in size)
    tagged = bool(style) and style[0].source.startswith("tag:")
    says = f", mostly tagged {listed([c.text for c in style])}" if tagged else ""
    says = says or (f", which sound like {hedged(style)}" if style else "")
    return f"{name}: {' '.join(counts)}{says}"


def _second(sound: list[Claim], places: list[Claim], *, listened: bool) -> str:
    if not listened:
        return "none of them has been listened to yet"
    feel = f"together they sound {hedged(sound)}" if sound else ""
    where = f"the middle of them is {listed([claim.text for claim in places])}" if places else ""
    return "; ".join(part for part in (feel, where) if part) or "nothing sets them apart in sound"
