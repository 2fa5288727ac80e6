"""One song in two or three sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.describe.heard import HeardWords
from musicrec_core.app.describe.records import Claim, Description
from musicrec_core.app.describe.standing import standings
from musicrec_core.app.describe.wording import article, hedged, joined, listed, sentence
from musicrec_core.app.lists.person import Person
from musicrec_core.records import Attributes, Track

if TYPE_CHECKING:
    from musicrec_core.app.context import Context

TAGS_NAMED = 3
SURE_TEMPO, SURE_KEY = 0.3, 0.7
"""Confidence below which tempo and key are only perhaps so."""
NEAR = 0.5
"""Cosine in sound or culture, below which no song is named as near."""
_KINDS = {"interlude": "an interlude", "spoken": "spoken word"}


def describe(context: Context, track: Track) -> Description:
    """What is known of a song, in words; of one that is not present what its tags say."""
    person = Person.now(context)
    row = person.row_of(track.id)
    rows = np.array([] if row is None else [row], np.int64)
    known = context.store.analysis.attributes_of(track.id)
    attributes = known or Attributes()
    heard = HeardWords.of(person.context, person.catalogue, rows)
    moods, genres = heard.shares()
    name = _name_claims(context, track)
    style = _style_claims(track, heard)
    sound = heard.mood_claims()
    measured = _measured_claims(attributes)
    places = [s.claim for s in standings(person.catalogue, rows)] if len(rows) else []
    near = _near_claim(person, row) if row is not None else []
    text = joined((
        sentence([_first(name, style)]),
        sentence([_second(sound, measured, listened=known is not None, heard=bool(moods))]),
        sentence([_third(places, near)]),
    ))  # fmt: skip
    claims = (*name, *style, *sound, *measured, *places, *near)
    return Description(text, claims, track, attributes, moods, genres)


def _name_claims(context: Context, track: Track) -> list[Claim]:
    """Title and artist, album and year, and what kind of recording it is."""
    claims = [Claim(f"“{track.title}”", "title", track.title)]
    if track.artist:
        claims.append(Claim(f"by {track.artist}", "artist", track.artist))
    if track.album:
        claims.append(Claim(f"from {track.album}", "album", track.album))
    if track.year:
        claims.append(Claim(f"of {track.year}", "year", track.year))
    facts = context.store.songs.facts_of(track.id)
    if facts is not None:
        versions, season, kind = facts
        claims += [Claim(f"{article(v)} {v} version", "version", v) for v in versions]
        if season:
            claims.append(Claim(f"a song for {season.title()}", "season", season))
        if kind in _KINDS:
            claims.append(Claim(_KINDS[kind], "kind", kind))
    return claims


def _style_claims(track: Track, heard: HeardWords) -> list[Claim]:
    """Its tags; where it has none, the genre that stands out in its sound."""
    tags = [Claim(tag, f"tag:{tag}", tag) for tag in track.genres[:TAGS_NAMED]]
    return tags or heard.genre_claims()


def _measured_claims(attributes: Attributes) -> list[Claim]:
    claims = []
    if attributes.tempo_bpm is not None:
        sure = (attributes.tempo_confidence or 0.0) >= SURE_TEMPO
        text = f"{attributes.tempo_bpm:.0f} beats a minute"
        claims.append(Claim(text, "tempo_bpm", attributes.tempo_bpm, sure))
    if attributes.key is not None:
        sure = (attributes.key_confidence or 0.0) >= SURE_KEY
        claims.append(Claim(attributes.key, "key", attributes.key, sure))
    return claims


def _near_claim(person: Person, row: int) -> list[Claim]:
    """The nearest song by another artist, where one is near at all."""
    catalogue = person.catalogue
    by_sound = bool(catalogue.knows("sound")[row])
    comparable = catalogue.knows("sound" if by_sound else "culture")
    if not comparable[row]:
        return []
    vectors = catalogue.near if by_sound else catalogue.culture
    likeness = np.where(comparable, vectors @ vectors[row], -np.inf)
    likeness[(catalogue.artists == catalogue.artists[row]) & (catalogue.artists >= 0)] = -np.inf
    likeness[row] = -np.inf
    best = int(np.argmax(likeness))
    if not likeness[best] > NEAR:
        return []
    track_id = int(catalogue.track_ids[best])
    other = person.context.store.tracks.by_id([track_id])[track_id]
    how = "sound" if by_sound else "style"
    return [Claim(f"nearest in {how} to {other.label}", f"nearest:{how}", track_id)]


def _first(name: list[Claim], style: list[Claim]) -> str:
    by = {claim.source: claim.text for claim in name}
    whole = [by[part] for part in ("title", "artist", "album", "year") if part in by]
    kinds = [claim.text for claim in name if claim.source in ("version", "season", "kind")]
    if any(claim.source.startswith("tag:") for claim in style):
        says = f"is tagged {listed([claim.text for claim in style])}"
    else:
        says = f"sounds like {hedged(style)}" if style else ""
    if kinds:
        says = f"is {listed(kinds)}" + (f" and {says}" if says else "")
    return f"{' '.join(whole)} {says or 'has no tags that tell its style'}"


def _second(sound: list[Claim], measured: list[Claim], *, listened: bool, heard: bool) -> str:
    if not heard and not measured:
        return "there is nothing to hear in it" if listened else "it has not been listened to yet"
    by = {claim.source: claim for claim in measured}
    beat, key = by.get("tempo_bpm"), by.get("key")
    feel = f"it sounds {hedged(sound)}" if sound else "no mood stands out in its sound"
    numbers = []
    if beat is not None:
        numbers.append(f"at {'' if beat.sure else 'perhaps '}{beat.text}")
    if key is not None:
        numbers.append(f"in {key.text}" if key.sure else f"probably in {key.text}")
    return ", ".join((feel, " ".join(numbers))) if numbers else feel


def _third(places: list[Claim], near: list[Claim]) -> str:
    parts = [f"it is {listed([claim.text for claim in places])}"] if places else []
    if near:
        parts.append(near[0].text if parts else f"it is {near[0].text}")
    return ", and ".join(parts)
