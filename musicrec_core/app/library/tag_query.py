"""--tag: which tag is meant, and which songs have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.notices import Notice
from musicrec_core.errors import QueryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue

HEARD_SHARE = 0.1  # a heard mood or genre belongs to the tenth of the songs where it is strongest
FEWEST_HEARD = 20


@dataclass(frozen=True, slots=True)
class TagMatch:
    """The songs of a tag, bool [n] over the catalogue, and what to tell the user."""

    rows: NDArray[np.bool_]
    notices: tuple[Notice, ...]


def resolve(context: Context, known: Catalogue, tag: str) -> TagMatch:
    """The songs tagged so; else those that sound so; else those of the nearest known tag.

    Raises QueryError when the tag is empty, when nothing is known that it could mean, or when the
    library has no tags at all.
    """
    from musicrec_core.culture.hygiene import clean_tags

    wanted = clean_tags([tag]) or ((tag.strip().casefold(),) if tag.strip() else ())
    if not wanted:
        raise QueryError("an empty tag means no songs")
    in_use = dict.fromkeys(known.tag_names[code] for code in np.unique(known.tag_codes))
    if set(wanted) <= set(in_use):
        return TagMatch(_tagged(known, wanted), ())
    moods = _heard_names(context)
    whole = tag.strip().casefold()
    heard = whole if whole in moods else wanted[0] if wanted[0] in moods else None
    if heard is not None:
        rows = _heard(context, known, moods[heard])
        if rows.any():
            return TagMatch(rows, (Notice("tag-heard", {"tag": tag}),))
    return _nearest(context, known, tag, wanted[0], list(in_use))


def _nearest(
    context: Context, known: Catalogue, tag: str, wanted: str, in_use: list[str]
) -> TagMatch:
    from musicrec_core.culture.extension import Tagged, learn_words
    from musicrec_core.culture.spelling import CLOSE_SPELLING

    if not in_use:
        raise QueryError(f"no song is tagged {tag!r}, and none has any tag")
    tagged = Tagged(known.artists, known.tag_codes, known.tag_starts, known.tag_names)
    words = learn_words(context.culture, known.culture, tagged)
    near = context.culture.nearest_tags(wanted, in_use, 1, words)
    understood = np.isfinite(context.culture.tag_vectors([wanted])).all()
    if not near or not (understood or near[0][1] >= CLOSE_SPELLING):
        raise _unknown(context, tag, wanted, in_use)
    name = near[0][0]
    notice = Notice("tag-nearest", {"tag": tag, "nearest": name})
    return TagMatch(_tagged(known, (name,)), (notice,))


def _unknown(context: Context, tag: str, wanted: str, in_use: list[str]) -> QueryError:
    from musicrec_core.culture.spelling import alike

    near = alike(wanted, dict.fromkeys((*in_use, *context.culture.tag_names)))
    hint = "did you mean one of these?" if near else "nor does any known tag resemble it"
    return QueryError(f"no song is tagged {tag!r}{';' if near else ','} {hint}", near)


def _tagged(known: Catalogue, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Songs with all of the tags."""
    row_of_code = np.repeat(np.arange(len(known)), np.diff(known.tag_starts))
    rows = np.ones(len(known), dtype=np.bool_)
    for name in names:
        has = np.zeros(len(known), dtype=np.bool_)
        has[row_of_code[known.tag_codes == known.tag_names.index(name)]] = True
        rows &= has
    return rows


def _heard_names(context: Context) -> dict[str, tuple[str, int]]:
    """Each name that the ears know, and each part of a name such as calm/peaceful."""
    names: dict[str, tuple[str, int]] = {}
    for kind, vocabulary in (
        ("genres", context.ears.genre_names),
        ("moods", context.ears.mood_names),
    ):
        for column, name in enumerate(vocabulary):
            for part in (name, *name.split("/")):
                names.setdefault(part, (kind, column))
    return names


def _heard(context: Context, known: Catalogue, what: tuple[str, int]) -> NDArray[np.bool_]:
    """The songs that sound most like a mood or genre."""
    kind, column = what
    ids, heard = context.store.analysis.heard(
        context.ears.version, context.ears.mood_names, context.ears.genre_names
    )
    rows = np.zeros(len(known), dtype=np.bool_)
    if len(ids):
        values = getattr(heard, kind)[:, column]
        count = min(len(ids), max(FEWEST_HEARD, round(HEARD_SHARE * len(ids))))
        strongest = ids[np.argsort(-values, kind="stable")[:count]]
        rows[np.isin(known.track_ids, strongest)] = True
    return rows
