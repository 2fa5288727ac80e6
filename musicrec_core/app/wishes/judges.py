"""Who judges which kind of constraint."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from musicrec_core.app.wishes import names, numbers, traits, words
from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.language.records import ChipKind

JUDGES: Mapping[ChipKind, Callable[[Constraint], Judgement]] = {
    "genre": words.word,
    "mood": words.word,
    "instrument": words.exact_word,
    "language": words.exact_word,
    "activity": words.word,  # only those without a recipe come here
    "voice": words.voice,
    "era": numbers.year,
    "year": numbers.year,
    "tempo": numbers.tempo,
    "energy": numbers.energy,
    "length": numbers.length,
    "artist": names.artist,
    "album": names.album,
    "track": names.track,
    "version": traits.version,
    "season": traits.season,
    "popularity": traits.popularity,
    "familiarity": traits.familiarity,
    "unknown": words.unknown,
}


def judge(constraint: Constraint) -> Judgement:
    """What the constraint says of every song."""
    judged_by = JUDGES.get(constraint.chip.kind)
    return constraint.unjudged("that is") if judged_by is None else judged_by(constraint)
