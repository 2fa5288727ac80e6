"""Constraints on what kind of recording it is, on its season, and on who hears it."""

from __future__ import annotations

import numpy as np

from musicrec_core.app.scores import artist_popularity
from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.feedback_kinds import CLEARLY_LIKED
from musicrec_core.recommender.ranking import z_scores
from musicrec_core.songs import VERSIONS

PLAIN = "original"
SPOKEN_OF_SEASONS = frozenset(("summer", "winter", "spring", "autumn", "thanksgiving"))
_SEASONS = {"valentine's day": "valentine"}


def version(constraint: Constraint) -> Judgement:
    """Live, remix and so on, as titles and albums say."""
    wanted = constraint.word
    if wanted not in (*VERSIONS, PLAIN):
        return constraint.unjudged(f"which songs are {wanted} is")
    rows = np.zeros(len(constraint.person.catalogue), np.bool_)
    ids = [
        track_id
        for track_id, _, versions in constraint.person.context.store.songs.song_rows()
        if (not versions.split() if wanted == PLAIN else wanted in versions.split())
    ]
    rows[constraint.person.catalogue.rows_of(ids)] = True
    return Judgement(None, rows, lambda row: f"{wanted} version" if rows[row] else None)


def season(constraint: Constraint) -> Judgement:
    """Songs of a holiday by what their titles say; times of the year are words like others."""
    from musicrec_core.app.wishes import words

    if constraint.word in SPOKEN_OF_SEASONS:
        return words.word(constraint)
    wanted = _SEASONS.get(constraint.word, constraint.word)
    seasons = constraint.person.context.store.guarded.seasons()
    rows = np.zeros(len(constraint.person.catalogue), np.bool_)
    ids = [track_id for track_id, name in seasons if name == wanted]
    rows[constraint.person.catalogue.rows_of(ids)] = True
    return Judgement(None, rows, lambda row: f"a song for {wanted}" if rows[row] else None)


def popularity(constraint: Constraint) -> Judgement:
    """By how many listen to the artist."""
    person = constraint.person
    audience = artist_popularity.of_library(person.context, person.catalogue)
    if not np.isfinite(audience.listeners).any():
        return constraint.unjudged("how well known your artists are is")
    sign = np.float32(1 if constraint.word == "popular" else -1)
    fit = sign * z_scores(audience.percentiles())
    says = "a well known artist" if constraint.word == "popular" else "a little known artist"
    return Judgement(fit, None, lambda row: says if fit[row] > 0.5 else None)


def familiarity(constraint: Constraint) -> Judgement:
    """What this person liked or played, or everything else."""
    history = constraint.person.history
    heard = np.zeros(len(constraint.person.catalogue), np.bool_)
    heard[history.rows] = True
    if constraint.word == "new":
        return Judgement(None, ~heard, lambda row: None if heard[row] else "new to you")
    liked = np.zeros_like(heard)
    liked[history.rows[history.values >= CLEARLY_LIKED]] = True
    if not heard.any():
        return constraint.unjudged("what you have heard before is")
    fit = heard.astype(np.float32) + 2 * liked.astype(np.float32)
    return Judgement(fit, heard, lambda row: "one that you know" if heard[row] else None)
