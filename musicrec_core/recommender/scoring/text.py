"""From shares of a score to plain words, none of which says more than is known.

A sentence is chosen by what is true of the recording, and only then by which way it counted: the
song whose removal told; else songs of the past that it is like; else how near it lies to them;
else that it is like none of the other side; else that nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.recommender.scoring.phrases import (
    ALL_BY_SOUND,
    BY_SOUND,
    BY_TAG,
    NOBODY,
    PHRASES,
    SEEDED,
    UNKNOWN,
    ReasonPhrases,
)
from musicrec_core.recommender.scoring.ties import Ties
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from musicrec_core.recommender.scoring.library import Contribution

LEAST_SHARE = 0.005
"""Of the distance from the ordinary: what shows as 0.00 is no reason."""

__all__ = ["BY_SOUND", "About", "reasons"]


@dataclass(frozen=True, slots=True)
class About:
    """What is true of a recording whatever its score.

    guessed: its place in culture is a guess from its sound. unknown: the groups of which nothing
    is known. took_to, turned_down: whether songs by its artist were, by a like, a play, a rating
    above 3, or by a dislike, a skip, a rating below 3; alone: whether it was the only such song.
    several: whether it has more than one artist; jointly: whether such a song has.
    verbs: what the person did, in one word, to all that counts for a score, and to all against.
    """

    guessed: bool = False
    unknown: frozenset[str] = frozenset()
    took_to: bool = False
    turned_down: bool = False
    alone: bool = False
    several: bool = False
    jointly: bool = False
    verbs: tuple[str, str] = ("liked", "disliked")


def _liked_or_not(_: int, raised: bool) -> str:
    return "liked" if raised else "disliked"


def reasons(
    contributions: Sequence[Contribution],
    label_of_row: Callable[[int], str],
    about: About | None = None,
    did_to_row: Callable[[int, bool], str] = _liked_or_not,
) -> tuple[Reason, ...]:
    """Reasons in order of weight; weights are shares of the score's distance from the ordinary.

    label_of_row: what to call a recording, such as `Artist - Title`. did_to_row: what the person
    did to a recording for which it counts in favour, or against: `liked`, `played`, `skipped`.
    """
    if not contributions:
        return (Reason("nothing known so far sets it apart", 0.0, "none"),)
    about = about or About()
    whole = sum(abs(term.weight) for term in contributions) or 1.0
    ordered = sorted(contributions, key=lambda term: -abs(term.weight))
    ordered = [t for t in ordered if abs(t.weight) >= LEAST_SHARE * whole] or ordered[:1]
    return tuple(
        Reason(
            _sentence(term, about, label_of_row, did_to_row),
            round(term.weight / whole, 4),
            term.group,
        )
        for term in ordered
    )


def _sentence(
    term: Contribution,
    about: About,
    label_of_row: Callable[[int], str],
    did_to_row: Callable[[int, bool], str],
) -> str:
    raised = term.weight > 0
    if term.group in about.unknown:
        return UNKNOWN[term.group]
    by_sound = f"{term.group} by sound"
    group = by_sound if about.guessed and by_sound in (*PHRASES, *SEEDED) else term.group
    song = None if term.evidence_row is None else label_of_row(term.evidence_row)
    if group in SEEDED:
        named, unnamed = SEEDED[group]
        return unnamed if song is None else named.format(song=song)
    if group == "popular":
        return _of_many(term, raised)
    what = None
    if song is not None and term.evidence_row is not None:
        what = f"{song}, which you {did_to_row(term.evidence_row, raised)}"
    if group == "artist":
        return _of_artist(about, what, raised)
    if group not in PHRASES:
        return f"its {group} counts {'for' if raised else 'against'} it"
    return _of_source(PHRASES[group], term, about, what)


def _of_many(term: Contribution, raised: bool) -> str:
    """What many people like of it; of them alone, so no taste of this person is claimed."""
    if term.evidence_tag is not None:
        return BY_TAG[not raised].format(tag=term.evidence_tag)
    return (ALL_BY_SOUND if term.by_sound else NOBODY)[not raised]


def _of_source(phrases: ReasonPhrases, term: Contribution, about: About, what: str | None) -> str:
    """What one source says of it beside what the person took to and turned down."""
    ties, raised = term.ties or Ties(), term.weight > 0
    own, other = about.verbs if raised else about.verbs[::-1]
    if term.evidence_tag is not None:
        return f"tagged {term.evidence_tag}, like music you {own}"
    if what is not None:
        return phrases.like.format(what=what)
    if ties.shares(took_to=raised):
        return phrases.like.format(what=f"{_songs(ties.shares(took_to=raised))} you {own}")
    if ties.nearer(took_to=raised) > 0:
        return phrases.nearer.format(nearer="nearer to", did=own)
    if ties.count_known(took_to=not raised) and not ties.shares(took_to=not raised):
        return phrases.unlike.format(did=other)
    if ties.nearer(took_to=not raised) < 0:
        return phrases.nearer.format(nearer="farther from", did=other)
    if not ties.count_known(took_to=not raised):
        way = "nothing known against" if raised else "nothing known speaks for"
        return f"{way} its {phrases.noun.rstrip(',')}"
    way = "helped" if raised else "held it back"
    if not ties.count_known(took_to=raised):
        return f"its {phrases.noun} {way}, though as in songs you {other}"
    return f"its {phrases.noun} {way}, though close to no song you {own}"


def _songs(count: int) -> str:
    return "a song" if count == 1 else "songs"


def _of_artist(about: About, what: str | None, raised: bool) -> str:
    """The same of all songs by one artist, whichever way each of them counted."""
    took_to, turned_down = about.verbs
    artist = "one of its artists" if about.several else "this artist"
    if about.took_to and about.turned_down and not about.alone:
        of = "its artists" if about.several else artist
        return f"you {took_to} and you {turned_down} songs by {of}"
    if about.took_to or about.turned_down:
        if what is not None and about.took_to == raised:
            return f"by {'an' if about.several or about.jointly else 'the'} artist of {what}"
        did = took_to if about.took_to else turned_down
        if about.alone and about.took_to != raised:  # what was said of it counts the other way
            return f"you {did} no other song by {'its artists' if about.several else artist}"
        return f"you {did} {'this very song' if about.alone else f'a song by {artist}'}"
    return f"by no artist you {turned_down if raised else took_to}"
