"""What the dials of a request mean for this person's list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import switches
from musicrec_core.app.lists.request import NEUTRAL, Dials, ListRequest
from musicrec_core.app.notices import Notice
from musicrec_core.recommender.ranking import Pull, Rules, closeness, familiarity, leaning

if TYPE_CHECKING:
    from musicrec_core.app.lists.person import Person
    from musicrec_core.recommender.insights import Audience

CALIBRATED_FROM = 3_000
"""Songs; in a smaller library an interest has too few of them to be kept to its share: with 1,000
it cost what it gained with 3,000 (docs/experiments.md)."""
NAMES = ("popular", "familiar", "close", "diverse")


def pulls(person: Person, dials: Dials) -> list[Pull]:
    """What leans; a dial in the middle, or of which nothing is known, pulls nowhere."""
    made = []
    if dials.popular != NEUTRAL:
        audience = _audience(person)
        made.append(Pull(audience.percentiles(), dials.popular))
    if dials.familiar != NEUTRAL:
        made.append(Pull(familiarity(person.catalogue, person.history), dials.familiar))
    if dials.close != NEUTRAL:
        near = closeness(person.catalogue, person.history)
        made += [] if near is None else [Pull(near, dials.close)]
    return made


def plain_rules(person: Person) -> Rules:
    """How any list of today is dealt, whatever it goes by."""
    made = Rules(seed=person.day_seed)
    if switches.is_on(person.context, "windows"):
        return made
    return replace(made, per_artist=len(person.catalogue), artist_window=1, album_window=1)


def rules(person: Person, dials: Dials) -> Rules:
    """How the list is dealt."""
    dealt = replace(plain_rules(person), explore=dials.explore)
    if len(person.catalogue) < CALIBRATED_FROM:
        dealt = replace(dealt, calibrated=0.0)
    knowing = dealt.knowing(float(np.abs(person.history.values).sum()))
    return leaning(knowing, familiar=dials.familiar, diverse=dials.diverse)


def notices(person: Person, request: ListRequest) -> list[Notice]:
    """What to say of dials that cannot count."""
    turned = [name for name in NAMES if getattr(request.dials, name) != NEUTRAL]
    if turned and request.name != "for-you":
        return [Notice("dials-for-you", {"dials": ", ".join(turned)})]
    made = []
    if "popular" in turned:
        audience = _audience(person)
        if not np.isfinite(audience.listeners).any():
            made.append(Notice("popular-unknown"))
    if "close" in turned and closeness(person.catalogue, person.history) is None:
        made.append(Notice("close-unknown"))
    if "familiar" in turned and not len(person.history):
        made.append(Notice("familiar-unknown"))
    return made


def _audience(person: Person) -> Audience:
    from musicrec_core.app.scores import artist_popularity

    return artist_popularity.of_library(person.context, person.catalogue)
