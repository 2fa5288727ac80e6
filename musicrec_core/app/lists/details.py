"""Songs by what was heard in them and done with them: to sort a library by, and to show."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.feedback import songs
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.rules.match import numbers_of
from musicrec_core.app.results import SongDetails
from musicrec_core.app.scores.sound_words import SoundWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.app.context import Context
    from musicrec_core.app.results import ValueOrder

    Numbers = NDArray[np.float64]


def sorted_by(context: Context, order: ValueOrder) -> tuple[array[int], array[int]]:
    """File ids from the lowest value to the highest, and those of which none is known.

    Files of equal value read by artist when they are turned round.
    """
    files, tracks = context.store.listing.tracks_by_artist()
    if not files:
        return files, array("q")
    person = Person.now(context, at_once=True)
    values = _values(person, order)
    track_ids, rows = person.catalogue.by_id
    file_ids, wanted = np.frombuffer(files, np.int64), np.frombuffer(tracks, np.int64)
    places = np.searchsorted(track_ids, wanted).clip(max=len(track_ids) - 1)
    of_file = np.where(track_ids[places] == wanted, values[rows[places]], np.nan)
    known = np.isfinite(of_file)
    highest_first = np.argsort(-of_file[known], kind="stable")
    lowest_first = file_ids[known][highest_first[::-1]]
    return array("q", lowest_first.tobytes()), array("q", file_ids[~known].tobytes())


def _values(person: Person, order: ValueOrder) -> Numbers:
    """Float64 [n] over the catalogue; NaN where unknown."""
    if order == "key":
        return _ranked(person, dict(person.context.store.analysis.keys()))
    if order == "mood":
        return _clearest_mood(person)
    values = numbers_of(person, order)
    return np.where(values > 0, values, np.nan) if order == "plays" else values


def _ranked(person: Person, names: dict[int, str]) -> Numbers:
    """Places of names, by track id, in the order of the alphabet."""
    place = {name: float(at) for at, name in enumerate(sorted(set(names.values())))}
    values = np.full(len(person.catalogue), np.nan)
    for track_id, row in person.catalogue.row_of(names).items():
        values[row] = place[names[track_id]]
    return values


def _clearest_mood(person: Person) -> Numbers:
    heard = SoundWords.of(person.context, person.catalogue)
    values = np.full(len(person.catalogue), np.nan)
    if heard is not None:
        moods = person.context.ears.mood_names
        in_order = sorted(range(len(moods)), key=moods.__getitem__)
        values[heard.is_heard] = heard.heard(in_order)[heard.is_heard].argmax(axis=1)
    return values


def of_tracks(context: Context, track_ids: Sequence[int]) -> dict[int, SongDetails]:
    """What is known of some songs, by track id."""
    feedback = songs.in_force(context)
    analysis, wanted = context.store.analysis, set(track_ids)
    plays, played_s = Counter[int](), dict[int, float]()
    for event in feedback.events:
        if event.kind == "play":
            for track_id in {event.track_id, *feedback.others.get(event.track_id, ())} & wanted:
                plays[track_id] += 1
                played_s[track_id] = max(event.at_s, played_s.get(track_id, event.at_s))
    attributes = analysis.attributes_among(track_ids)
    moods = analysis.moods_among(track_ids, context.ears.version)
    added_s = context.store.tracks.added(track_ids)
    names = context.ears.mood_names
    details = {}
    for track_id in wanted:
        heard, shares = attributes.get(track_id), moods.get(track_id)
        rating = feedback.ratings.get(track_id)
        details[track_id] = SongDetails(
            heard.tempo_bpm if heard else None,
            heard.key if heard else None,
            names[max(range(len(names)), key=shares.__getitem__)] if shares else None,
            heard.energy if heard else None,
            rating.value if rating else None,
            plays[track_id],
            played_s.get(track_id),
            added_s.get(track_id),
        )
    return details
