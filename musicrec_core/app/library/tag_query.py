"""--tag: what a word means here, and how well every song fits it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.notices import Notice
from musicrec_core.app.scores.sound_words import SoundWords
from musicrec_core.errors import QueryError
from musicrec_core.recommender.ranking import COMMON, heard_words, log_odds, word_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray

HEARD_SHARE = 0.1  # a heard mood or genre belongs to the tenth of the songs where it is strongest
FEWEST_HEARD = 20
MANY_SONGS = 30  # in a smaller library a tag on a third of the songs is not a common one
LEAST_LIKENESS = 0.1  # of two words on the map; less is none
WORDS_NAMED = 3


@dataclass(frozen=True, slots=True, repr=False)
class TagMatch:
    """The songs of a word, bool [n] over the catalogue, and what to tell the user.

    fit: float32 [n], how well each song fits, in deviations. tagged: bool [n], those that say so.
    word: what was looked for. heard: float32 [n], how strongly it is heard, or None.
    """

    rows: NDArray[np.bool_]
    fit: FloatArray
    tagged: NDArray[np.bool_]
    word: str
    heard: FloatArray | None
    notices: tuple[Notice, ...]
    season: bool = False
    """Whether the word is a season, which titles and albums tell as well as tags do."""


def resolve(context: Context, catalogue: Catalogue, tag: str, *, nearest: bool = True) -> TagMatch:
    """The songs tagged so and those that sound so; else those of a tag, or a sound, near to it.

    nearest: unless set, only what is known for the word itself: else songs of artists who are.
    Raises QueryError when the tag is empty, when nothing is known that it could mean, or when the
    library has no tags at all.
    """
    from musicrec_core.culture.hygiene import clean_tags

    wanted = clean_tags([tag]) or ((tag.strip().casefold(),) if tag.strip() else ())
    if not wanted:
        raise QueryError("an empty tag means no songs")
    asked = _Asked(context, catalogue, tag, wanted)
    seasonal = _of_season(context, catalogue, wanted)
    if seasonal.any():
        if set(wanted) <= set(asked.in_use):
            seasonal |= _tagged(catalogue, wanted)
        fit = word_fit(None, None, seasonal)
        return TagMatch(seasonal, fit, seasonal, wanted[0], None, (), season=True)
    if set(wanted) <= set(asked.in_use):
        return asked.match(wanted, ())
    if asked.column is not None and asked.sound is not None:
        return asked.match((), (Notice("tag-heard", {"tag": tag}),))
    if nearest:
        return _nearest(asked)
    if asked.is_style:
        return asked.by_artist()
    raise _unknown(asked)


@dataclass(frozen=True)
class _Asked:
    """A word beside a library; `wanted`: its clean tags."""

    context: Context
    catalogue: Catalogue
    tag: str
    wanted: tuple[str, ...]

    @cached_property
    def in_use(self) -> list[str]:
        """The tags of this library."""
        return [self.catalogue.tag_names[code] for code in np.unique(self.catalogue.tag_codes)]

    @cached_property
    def sound(self) -> SoundWords | None:
        """What the ears hear in it."""
        return SoundWords.of(self.context, self.catalogue)

    @property
    def column(self) -> int | None:
        """The word among those that the ears know."""
        columns = {} if self.sound is None else self.sound.columns
        exact = columns.get(self.tag.strip().casefold())
        return columns.get(self.wanted[0]) if exact is None else exact

    @cached_property
    def meaning(self) -> FloatArray:
        """Float32 [D], the word on the map; NaN where it is not understood."""
        vector: FloatArray = self.context.culture.tag_vectors([self.wanted[0]])[0]
        return vector

    @cached_property
    def likeness(self) -> dict[int, float]:
        """Columns of what the ears know by their likeness to the word on the map."""
        if self.sound is None or not np.isfinite(self.meaning).all():
            return {}
        vectors = self.context.culture.tag_vectors(self.sound.names)
        like = np.nan_to_num(vectors @ self.meaning, nan=0.0)
        return {
            int(column): float(like[column]) for column in np.flatnonzero(like > LEAST_LIKENESS)
        }

    @cached_property
    def heard(self) -> FloatArray | None:
        """Float32 [n]: how strongly the word is heard, in so many of the ears' own words."""
        if self.sound is None:
            return None
        if self.column is not None:
            return log_odds(self.sound.heard([self.column])[:, 0])
        return heard_words(self.sound.heard, self.likeness) if self.likeness else None

    @property
    def style(self) -> FloatArray | None:
        """Float32 [n]: how near artist and tags lie to the word; None for a mood that is heard.

        What artists are like on the whole says little of the mood of one song.
        """
        from musicrec_core.culture.hygiene import TagClass, classify

        if self.column is not None and self.sound is not None:
            genre = self.column >= len(self.context.ears.mood_names)
        else:
            genre = self.heard is None or classify(self.wanted[0]) is not TagClass.MOOD
        if not genre or not np.isfinite(self.meaning).all():
            return None
        near: FloatArray = self.catalogue.along("culture", self.meaning)
        return near

    def match(self, names: tuple[str, ...], notices: tuple[Notice, ...]) -> TagMatch:
        """Songs with all of the tags, and of a word that is heard those that sound most so."""
        tagged = (
            _tagged(self.catalogue, names) if names else np.zeros(len(self.catalogue), np.bool_)
        )
        fit = word_fit(self.heard, self.style, tagged)
        rows = tagged.copy()
        if self.heard is not None and (self.column is not None or not names):
            rows |= _strongest(fit, self.heard)
        word = names[0] if len(names) == 1 else self.tag.strip()
        return TagMatch(rows, fit, tagged, word, self.heard, notices)

    @property
    def is_style(self) -> bool:
        """Whether the map knows what the word means, and where some of the artists stand."""
        return bool(np.isfinite(self.meaning).all() and self.catalogue.knows("culture").any())

    def by_artist(self) -> TagMatch:
        """Songs of the artists who lie nearest to the word on the map, where nothing else tells."""
        style: FloatArray = self.catalogue.along("culture", self.meaning)
        tagged = np.zeros(len(self.catalogue), np.bool_)
        fit = word_fit(None, style, tagged)
        notice = Notice("tag-by-artist", {"tag": self.tag})
        rows = _strongest(fit, style)
        return TagMatch(rows, fit, tagged, self.tag.strip(), None, (notice,))


def _strongest(fit: FloatArray, heard: FloatArray) -> NDArray[np.bool_]:
    """Bool [n]: the tenth of what was heard that fits most."""
    there = np.flatnonzero(np.isfinite(heard))
    count = min(len(there), max(FEWEST_HEARD, round(HEARD_SHARE * len(there))))
    rows = np.zeros(len(fit), np.bool_)
    rows[there[np.argsort(-fit[there], kind="stable")[:count]]] = True
    return rows


def _nearest(asked: _Asked) -> TagMatch:
    """By the tag that was perhaps meant, else by sound, whichever lies nearer to the word."""
    from musicrec_core.culture.spelling import CLOSE_SPELLING

    if not asked.in_use and not asked.likeness:
        if asked.is_style:
            return asked.by_artist()
        raise QueryError(f"no song is tagged {asked.tag!r}, and none has any tag")
    name, like = _nearest_tag(asked)
    understood = bool(np.isfinite(asked.meaning).all())
    by_sound = max(asked.likeness.values(), default=0.0)
    common = name is not None and _is_common(asked.catalogue, name)
    same_noun = name is not None and name.split()[-1:] == asked.wanted[0].split()[-1:]
    nearer = not common and (same_noun or (understood and like >= by_sound))
    if name is not None and (nearer or like >= CLOSE_SPELLING):
        return asked.match((name,), (Notice("tag-nearest", {"tag": asked.tag, "nearest": name}),))
    if by_sound > 0 and asked.sound is not None:
        nearest = sorted(asked.likeness, key=lambda column: -asked.likeness[column])
        named = ", ".join(asked.sound.names[column] for column in nearest[:WORDS_NAMED])
        notice = Notice("tag-sounds-near", {"tag": asked.tag, "named": named})
        return asked.match((), (notice,))
    if name is None or not understood:
        raise _unknown(asked)
    return asked.match((name,), (Notice("tag-nearest", {"tag": asked.tag, "nearest": name}),))


def _nearest_tag(asked: _Asked) -> tuple[str | None, float]:
    """The tag in use that lies nearest in meaning or spelling, and how near."""
    from musicrec_core.culture.own_words import TaggedTracks, learn_words

    catalogue, culture = asked.catalogue, asked.context.culture
    if not asked.in_use:
        return None, 0.0
    tagged = TaggedTracks(
        catalogue.artists, catalogue.tag_codes, catalogue.tag_starts, catalogue.tag_names
    )
    words = learn_words(culture, catalogue.culture, tagged)
    near = culture.nearest_tags(asked.wanted[0], asked.in_use, 1, words)
    return near[0] if near else (None, 0.0)


def _is_common(catalogue: Catalogue, name: str) -> bool:
    """Whether so many songs carry a tag that it says almost nothing of any."""
    return len(catalogue) >= MANY_SONGS and bool(_tagged(catalogue, (name,)).mean() >= COMMON)


def _unknown(asked: _Asked) -> QueryError:
    from musicrec_core.culture.spelling import alike

    near = alike(asked.wanted[0], dict.fromkeys((*asked.in_use, *asked.context.culture.tag_names)))
    hint = "did you mean one of these?" if near else "nor does any known tag resemble it"
    return QueryError(f"no song is tagged {asked.tag!r}{';' if near else ','} {hint}", near)


def _of_season(
    context: Context, catalogue: Catalogue, wanted: tuple[str, ...]
) -> NDArray[np.bool_]:
    """Songs of a season of the year that a word names."""
    seasons = context.store.guarded.seasons()
    rows = catalogue.row_of(track_id for track_id, season in seasons if (season,) == wanted)
    of_season = np.zeros(len(catalogue), np.bool_)
    of_season[list(rows.values())] = True
    return of_season


def _tagged(catalogue: Catalogue, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Songs with all of the tags."""
    row_of_code = np.repeat(np.arange(len(catalogue)), np.diff(catalogue.tag_starts))
    rows = np.ones(len(catalogue), dtype=np.bool_)
    for name in names:
        has = np.zeros(len(catalogue), dtype=np.bool_)
        has[row_of_code[catalogue.tag_codes == catalogue.tag_names.index(name)]] = True
        rows &= has
    return rows
