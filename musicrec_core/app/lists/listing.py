"""From a person and a request to the rows of a list: source, guards and order put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import dials, version_choice
from musicrec_core.app.lists.order import ordered
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.lists.scope import ListScope
from musicrec_core.app.lists.sources import source_of
from musicrec_core.app.notices import Notice
from musicrec_core.errors import MusicRecError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.library.tag_query import TagMatch
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.sources import Source
    from musicrec_core.app.wishes.match import WishMatch
    from musicrec_core.app.wishes.talk import Wish
    from musicrec_core.language.records import Chip
    from musicrec_core.recommender.ranking import RankedRow


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows to show, best first, where they came from, and what to tell."""

    picks: Sequence[RankedRow]
    source: Source
    notices: tuple[Notice, ...]
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A request once its words are looked up: what it may be answered with, and what to tell."""

    request: ListRequest
    wish: Wish | None
    tagged: TagMatch | None
    met: WishMatch | None
    scope: ListScope
    notices: list[Notice]


def understood(person: Person, request: ListRequest) -> Understood:
    """Look up what a request names."""
    notices = dials.notices(person, request)
    notices += _read_by_model(person, request)
    wish = _wish(person, request)
    if wish is not None:
        request = replace(request, seasonal=wish.seasonal)
    tagged = None
    if request.tag is not None:
        from musicrec_core.app.library import tag_query

        tagged = tag_query.resolve(person.context, person.catalogue, request.tag)
        notices += tagged.notices
    met = None if wish is None else _met(person, wish)
    scope = ListScope.of(person, request, tagged, met)
    if met is not None:
        notices += _on_wish(met, scope.rows, request)
    return Understood(request, wish, tagged, met, scope, notices)


def listed(person: Person, request: ListRequest) -> Listed:
    """The rows that a request asks for; nothing is logged."""
    asked = understood(person, request)
    request, wish, notices = asked.request, asked.wish, asked.notices
    source = source_of(request, asked.tagged, asked.met)
    rows = asked.scope.rows.copy()
    if wish is None or not wish.asks_version:
        others = version_choice.others(person, rows)
        if asked.met is not None:
            others = asked.met.giving_way(others, person.versions, rows)
        rows[others] = False
    picks = ordered(person, source.ranked(person, request, rows), request.order)
    if len(picks) < request.count:
        why = asked.scope.why(len(picks))
        notices.append(Notice("few-fit", {"count": len(picks), "why": why}))
    return Listed(picks, source, tuple(notices), () if wish is None else wish.chips)


def _wish(person: Person, request: ListRequest) -> Wish | None:
    if request.text is None and request.mood is None and request.activity is None:
        return None
    words = (request.mood, request.activity)
    if request.text is None and not any(part and part.strip() for part in words):
        raise MusicRecError("an empty word means no songs: say what you would like to hear")
    from musicrec_core.app.lists import occasions
    from musicrec_core.app.wishes import talk

    activity = request.activity and occasions.wish_for(person.context, request.activity)
    wish = ", ".join(part for part in (request.text, request.mood, activity) if part)
    return talk.wish_of(person.context, wish, request.turns, request.dropped)


def _read_by_model(person: Person, request: ListRequest) -> list[Notice]:
    """Let the optional language model read what is asked for in words; what to tell of that."""
    if not request.text:
        return []
    from musicrec_core.app.llm import chips
    from musicrec_core.app.wishes.talk import understander

    why = chips.read_wish(person.context, understander(person.context), request.text)
    return [Notice("model-silent", {"why": why})] if why else []


def _met(person: Person, wish: Wish) -> WishMatch:
    from musicrec_core.app.wishes import match

    return match.match(person, wish)


def _on_wish(met: WishMatch, allowed: NDArray[np.bool_], request: ListRequest) -> list[Notice]:
    """What to say of a wish that too few songs meet, or that was not understood."""
    notices = list(met.notices)
    count = int((met.meets & allowed).sum())
    if not met.judged and request.mood is not None and request.text is None:
        raise MusicRecError(f"{request.mood!r} is no mood that is known here; --tag looks for tags")
    if not met.judged and not request.dropped:
        notices.append(Notice("wish-not-understood", {"words": request.text or ""}))
    elif count < min(request.count, int(allowed.sum())):
        notices.append(Notice("wish-few", {"count": count}))
    return notices
