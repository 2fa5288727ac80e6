"""From shares of a score to plain words, none of which says more than is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.records import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from musicrec_core.recommender.scoring.library import Contribution

BY_SOUND = "culture by sound"

# Where a song is behind it: what the two have in common. `did` is what the person did to it.
_LIKE_SONG = {
    "sound": "sounds like {song}, which you {did}",
    "culture": "close in style to {song}, which you {did}",
    BY_SOUND: "its sound suggests the style of {song}, which you {did}",
    "tags": "shares tags with {song}, which you {did}",
    "artist": "by the artist of {song}, which you {did}",
    "era": "from about the same time as {song}, which you {did}",
    "character": "in tempo and energy like {song}, which you {did}",
    "seed_sound": "close to {song} in sound",
    "seed_culture": "close in style to {song}",
    f"seed_{BY_SOUND}": "its sound suggests the style of {song}",
    "seed_tags": "shares tags with {song}",
}

# Where a tag is: (raised the score, lowered it).
_LIKE_TAG = {
    "tags": ("tagged {tag}, like songs you took to", "tagged {tag}, like songs you turned down"),
    "popular": ("many people like songs tagged {tag}", "fewer people like songs tagged {tag}"),
}

# Where neither is: (raised the score, lowered it).
_PLAIN = {
    "sound": ("its sound suits your taste", "its sound suits your taste less than most"),
    "culture": (
        "its artist and style suit your taste",
        "its artist and style suit your taste less than most",
    ),
    BY_SOUND: (
        "the style that its sound suggests suits your taste",
        "the style that its sound suggests suits your taste less than most",
    ),
    "tags": ("its tags suit your taste", "its tags suit your taste less than most"),
    "artist": ("not by an artist you turned down", "not by an artist you took to"),
    "era": ("its year suits your taste", "its year suits your taste less than most"),
    "character": (
        "its tempo and energy suit your taste",
        "its tempo and energy suit your taste less than most",
    ),
    "popular": ("of a kind that many people like", "of a kind that fewer people like"),
    "seed_sound": ("close in sound",) * 2,
    "seed_culture": ("close in style",) * 2,
    f"seed_{BY_SOUND}": ("its sound suggests a close style",) * 2,
    "seed_tags": ("shares tags",) * 2,
}

# Of an artist of whose songs something was said or done.
_TOOK_TO = "you took to {which}"
_TURNED_DOWN = "you turned down {which}"
_BETTER = "most artists suit your taste less"
_WORSE = "its artist suits your taste less than most"

_UNKNOWN = {
    "sound": "it was not listened to yet",
    "culture": "nothing is known of its artist and style",
    "tags": "it has no tags",
    "artist": "its artist is not known",
    "era": "its year is not known",
    "character": "its tempo and energy are not known",
    "popular": "too little is known of it to tell whether many people like it",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is true of a recording whatever its score.

    guessed: its place in culture is a guess from its sound. unknown: the groups of which nothing
    is known. took_to, turned_down: whether songs by its artist were, by a like, a play, a rating
    above 3, or by a dislike, a skip, a rating below 3; alone: whether it was the only such song.
    """

    guessed: bool = False
    unknown: frozenset[str] = frozenset()
    took_to: bool = False
    turned_down: bool = False
    alone: bool = False


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
        return _UNKNOWN[term.group]
    by_sound = f"{term.group} by sound"
    group = by_sound if about.guessed and by_sound in _PLAIN else term.group
    if term.evidence_tag is not None and group in _LIKE_TAG:
        return _LIKE_TAG[group][not raised].format(tag=term.evidence_tag)
    if term.evidence_row is not None and group in _LIKE_SONG:
        song, did = label_of_row(term.evidence_row), did_to_row(term.evidence_row, raised)
        return _LIKE_SONG[group].format(song=song, did=did)
    if group == "artist" and (about.took_to or about.turned_down):
        return _of_artist(about, raised)
    raising, lowering = _PLAIN.get(group, (f"its {group} counts for it", f"its {group} against it"))
    return raising if raised else lowering


def _of_artist(about: About, raised: bool) -> str:
    which = "this very song" if about.alone else "a song by this artist"
    if raised:
        return _TOOK_TO.format(which=which) if about.took_to else _BETTER
    return _TURNED_DOWN.format(which=which) if about.turned_down else _WORSE
