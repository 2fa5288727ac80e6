"""Constraints in words of taste: genre, mood, instrument, voice, language, and words unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.library import tag_query
from musicrec_core.app.lists.sources.words import told_of
from musicrec_core.app.notices import Notice
from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.errors import QueryError
from musicrec_core.language.records import Chip

if TYPE_CHECKING:
    from musicrec_core.app.library.tag_query import TagMatch

PLAINLY = 1.0
"""Deviations above an ordinary song, from where on a song sounds like what is excluded."""
MOST_SURE = 6.0  # deviations; a tag and a sound that agree are no surer than either
_VOICES: Mapping[str, str] = {
    "vocals": "vocal", "female": "female vocalists", "male": "male vocalists",
    "instrumental": "instrumental", "rapping": "rap", "opera singing": "opera",
}  # fmt: skip


def word(constraint: Constraint) -> Judgement:
    """By tags, by what is heard and by what the map knows of the artists."""
    return _judged(constraint, constraint.word, nearest=True)


def exact_word(constraint: Constraint) -> Judgement:
    """The same of a word that has no near ones: an instrument or a language is that or another."""
    return _judged(constraint, constraint.word, nearest=False)


def voice(constraint: Constraint) -> Judgement:
    """Tags call the kinds of voices otherwise than people do."""
    return _judged(constraint, _VOICES.get(constraint.word, constraint.word), nearest=False)


def unknown(constraint: Constraint) -> Judgement:
    """A word that stands where a constraint would: only as a tag that songs carry."""
    try:
        match = tag_query.resolve(
            constraint.person.context, constraint.person.catalogue, constraint.word
        )
    except QueryError:
        return Judgement(notices=(Notice("wish-not-understood", {"words": constraint.chip.text}),))
    if not match.tagged.any():
        return Judgement(notices=(Notice("wish-not-understood", {"words": constraint.chip.text}),))
    return Judgement(np.clip(match.fit, -MOST_SURE, MOST_SURE), None, lambda r: _told(match, r))


def meant(chip: Chip) -> Chip:
    """What is really asked for: without vocals is instrumental, and the other way round."""
    if chip.kind == "voice" and chip.negated and chip.value in ("vocals", "instrumental"):
        other = "instrumental" if chip.value == "vocals" else "vocals"
        return replace(chip, value=other, negated=False)
    return chip


def _judged(constraint: Constraint, tag: str, *, nearest: bool) -> Judgement:
    context, catalogue = constraint.person.context, constraint.person.catalogue
    nearest &= not constraint.chip.negated  # who wants no metal may want what is near to it here
    try:
        match = tag_query.resolve(context, catalogue, tag, nearest=nearest)
    except QueryError:
        return Judgement(notices=(Notice("wish-no-evidence", {"words": constraint.chip.text}),))
    rows = None
    if constraint.chip.negated:
        # What is excluded must be left out for sure: what says so, and what plainly sounds so.
        rows = match.tagged | (match.rows & (match.fit > PLAINLY))
    elif match.tagged.any() and match.heard is None:
        rows = match.rows
    fit = np.clip(match.fit, -MOST_SURE, MOST_SURE)
    return Judgement(fit, rows, lambda row: _told(match, row), match.notices)


def _told(match: TagMatch, row: int) -> str | None:
    """Only what speaks for the song."""
    return told_of(match, row) if match.tagged[row] or match.fit[row] > 0 else None
