"""Which songs fit rules, over the whole library at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.feedback import songs
from musicrec_core.app.lists.rules.fields import FIELDS
from musicrec_core.app.lists.rules.parse import Between, DateRange, SongRule, Words
from musicrec_core.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.records import Feedback, FeedbackKind

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

EVENTS: dict[str, FeedbackKind] = {
    "played": "play", "skipped": "skip", "liked": "like", "disliked": "dislike", "rated": "rating",
}  # fmt: skip
COUNTED: dict[str, FeedbackKind] = {"plays": "play", "skips": "skip"}


def matching(person: Person, rules: Sequence[SongRule]) -> Mask:
    """Bool [n] over the catalogue: songs that all of the rules hold of.

    What is not known of a song fits nothing, and so fits every rule that is turned round.
    """
    library = _Library(person)
    mask = np.ones(len(person.catalogue), np.bool_)
    for rule in rules:
        fits = np.zeros(len(mask), np.bool_)
        for value in rule.values:
            match value:
                case Words():
                    fits |= library.named(rule.field, value)
                case Between(low, high):
                    numbers = library.numbers(rule.field)
                    fits |= (numbers >= low) & (numbers <= high)
                case DateRange():
                    fits |= library.dated(rule.field, value)
        mask &= ~fits if rule.negated else fits
    return mask


def numbers_of(person: Person, field: str) -> Numbers:
    """Float64 [n] over the catalogue, NaN where unknown; of a date, seconds since 1970."""
    library = _Library(person)
    return library.times(field) if FIELDS[field].kind == "date" else library.numbers(field)


@dataclass(frozen=True)
class _Library:
    """What rules ask of a library; each thing is read when first asked for."""

    person: Person

    # --- texts ---

    def named(self, field: str, words: Words) -> Mask:
        """Bool [n]: songs of which a name holds these words, one after the other."""
        match field:
            case "genre":
                return self._tagged(words)
            case "mood":
                return self._sounding(words.text)
            case "playlist":
                from musicrec_core.app.playlists import lookup

                shown = lookup.show(self.person.context, words.text)
                return self._rows(item.track.id for item in shown.items)
            case "format":
                suffix = f".{words.text.casefold()}"
                paths = self.person.context.store.tracks.paths()
                return self._rows(id_ for id_, path in paths if path.casefold().endswith(suffix))
        tracks, text = self.person.context.store.tracks, fold(words.text)
        match field:
            case "artist" | "album" | "title":
                return self._rows(tracks.holding(field, text, whole=words.whole))
        return self._rows(id_ for id_, path in tracks.paths() if _holds(path, text))

    def _tagged(self, words: Words) -> Mask:
        """Songs with a tag of this name, or with one that holds it as words: punk, post punk."""
        catalogue = self.person.catalogue
        wanted = fold(words.text)
        codes = [
            code
            for code, name in enumerate(catalogue.tag_names)
            if (fold(name) == wanted if words.whole else f" {wanted} " in f" {fold(name)} ")
        ]
        mask = np.zeros(len(catalogue), np.bool_)
        of_tag = np.flatnonzero(np.isin(catalogue.tag_codes, codes))
        mask[np.searchsorted(catalogue.tag_starts, of_tag, side="right") - 1] = True
        return mask

    def _sounding(self, word: str) -> Mask:
        """Songs tagged so or that sound so, as `--tag` means it."""
        from musicrec_core.app.library import tag_query

        return tag_query.resolve(self.person.context, self.person.catalogue, word).rows

    # --- numbers ---

    def numbers(self, field: str) -> Numbers:
        """Float64 [n]; NaN where unknown."""
        catalogue = self.person.catalogue
        if column := FIELDS[field].column:
            return catalogue.column(column).astype(np.float64)
        match field:
            case "score":
                return self.person.scores.astype(np.float64)
            case "rating":
                ratings = self._feedback.ratings
                return self._aligned({id_: e.value or np.nan for id_, e in ratings.items()}, np.nan)
        kind = COUNTED[field]
        counts = Counter(id_ for e in self._feedback.events if e.kind == kind
                         for id_ in self._recordings(e))  # fmt: skip
        return self._aligned(counts, 0.0)

    # --- times ---

    def dated(self, field: str, period: DateRange) -> Mask:
        """Bool [n]: songs of which the newest such time lies in the period."""
        now_s = self.person.context.now_s()
        times = self.times(field)
        since = -np.inf if period.since is None else period.since.seconds(now_s)
        until = np.inf if period.until is None else period.until.seconds(now_s)
        return (times >= since) & (times < until)

    def times(self, field: str) -> Numbers:
        """Float64 [n]: the newest such time of each song; NaN where there is none."""
        return self._added if field == "added" else self._newest(EVENTS[field])

    @cached_property
    def _added(self) -> Numbers:
        return self._aligned(self.person.context.store.tracks.added(), np.nan)

    def _newest(self, kind: FeedbackKind) -> Numbers:
        """When each song was last played, liked, ..."""
        feedback = self._feedback
        if kind in ("like", "dislike"):
            newest = {i: e.at_s for i, e in feedback.opinions.items() if e.kind == kind}
        elif kind == "rating":
            newest = {i: e.at_s for i, e in feedback.ratings.items()}
        else:
            newest = {}
            for event in feedback.events:
                if event.kind == kind:
                    for id_ in self._recordings(event):
                        newest[id_] = max(event.at_s, newest.get(id_, event.at_s))
        return self._aligned(newest, np.nan)

    # --- of both ---

    @cached_property
    def _feedback(self) -> songs.SongFeedback:
        return songs.in_force(self.person.context)

    def _recordings(self, event: Feedback) -> tuple[int, ...]:
        return (event.track_id, *self._feedback.others.get(event.track_id, ()))

    def _aligned(self, values: dict[int, float] | Counter[int], otherwise: float) -> Numbers:
        """Float64 [n] from values by track id."""
        numbers = np.full(len(self.person.catalogue), otherwise)
        for id_, row in self.person.catalogue.row_of(values).items():
            numbers[row] = values[id_]
        return numbers

    def _rows(self, track_ids: Iterable[int]) -> Mask:
        mask = np.zeros(len(self.person.catalogue), np.bool_)
        mask[list(self.person.catalogue.row_of(track_ids).values())] = True
        return mask


def _holds(path: str, words: str) -> bool:
    """Whether a path has these folded words in a row; most that have not are told without folding.

    words: at least one.
    """
    if path.isascii() and max(words.split(), key=len) not in path.lower():
        return False
    return f" {words} " in f" {fold(path)} "
