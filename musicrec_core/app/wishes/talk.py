"""What is asked for now, given what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from musicrec_core.app.lists import activities
from musicrec_core.app.wishes.library_names import LibraryNames
from musicrec_core.app.wishes.words import meant
from musicrec_core.paths import bundled_models

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.app.lists.request import Turn
    from musicrec_core.language.records import Chip
    from musicrec_core.language.understander import Understander

FADING = 0.5
"""What a constraint of the turn before still counts; a quarter of the one before that."""
LEAST = 0.1
_BEFORE = 24  # letters before a name that say whether it is to be like it


@dataclass(frozen=True, slots=True)
class SaidChip:
    """A constraint and the words before it."""

    chip: Chip
    before: str


@dataclass(frozen=True, slots=True)
class Wish:
    """chips: those of what is said now, as they are shown. said: all that counts, older ones less.

    texts: what was said, newest first. answered: what the other side said, newest first.
    """

    chips: tuple[Chip, ...]
    said: tuple[SaidChip, ...]
    texts: tuple[str, ...]
    answered: tuple[str, ...]

    @property
    def asks_version(self) -> bool:
        """Whether live recordings, remixes or the like are asked for."""
        return any(one.chip.kind == "version" and not one.chip.negated for one in self.said)

    @property
    def seasonal(self) -> bool:
        """Whether songs of a season are asked for."""
        return any(one.chip.kind == "season" and not one.chip.negated for one in self.said)


def understander(context: Context) -> Understander:
    """The understanding with this library's names; read once a context."""
    from musicrec_core.language.lexicon import read_lexicon
    from musicrec_core.language.understander import load

    if context.understander is None:
        models = bundled_models()
        names = LibraryNames(context, read_lexicon(models).is_ordinary)
        context.understander = load(models, names)
    return context.understander


def wish_of(
    context: Context, text: str, turns: Sequence[Turn] = (), dropped: Sequence[str] = ()
) -> Wish:
    """The constraints in force: those said now, and of the turns before those not taken back.

    dropped: words as they were said, whose constraints no longer count.
    """
    reader = _Reader(context, dropped)
    now = reader.chips(text)
    chips = [_said(chip, text) for chip in now]
    weight = FADING
    for turn in reversed(turns):
        if weight < LEAST:
            break
        for chip in reader.chips(turn.user):
            if not any(_same_matter(chip, other.chip) for other in chips):
                chips.append(_said(replace(chip, degree=chip.degree * weight), turn.user))
        weight *= FADING
    texts = tuple(map(reader.kept, (text, *(turn.user for turn in reversed(turns)))))
    answered = tuple(turn.system for turn in reversed(turns) if turn.system)
    return Wish(tuple(now), tuple(_unfolded(chips)), texts, answered)


class _Reader:
    """Reads constraints out of texts, but for dropped words."""

    def __init__(self, context: Context, dropped: Sequence[str]) -> None:
        self._reader = understander(context)
        self._by_model = context.chips_by_model
        self._dropped = {words.casefold() for words in dropped}

    def chips(self, text: str) -> list[Chip]:
        """The constraints that count."""
        by_model = self._by_model.get(text)
        chips = self._reader.chips(text) if by_model is None else by_model
        return [chip for chip in chips if chip.text.casefold() not in self._dropped]

    def kept(self, text: str) -> str:
        """The text without dropped words."""
        for words in self._dropped:
            text = re.sub(re.escape(words), " ", text, flags=re.IGNORECASE)
        return text


def _said(chip: Chip, text: str) -> SaidChip:
    return SaidChip(meant(chip), text[max(0, chip.start - _BEFORE) : chip.start].casefold())


def _unfolded(chips: Sequence[SaidChip]) -> list[SaidChip]:
    """Activities as the constraints that they stand for, unless these are excluded."""
    unfolded = []
    for one in chips:
        recipe = activities.parts(one.chip) if one.chip.kind == "activity" else []
        if not recipe:
            unfolded.append(one)
        elif not one.chip.negated:
            unfolded += [SaidChip(part, "") for part in recipe]
    return unfolded


def _same_matter(older: Chip, newer: Chip) -> bool:
    """Whether a newer constraint takes the place of an older one."""
    if older.kind != newer.kind:
        return False
    return older.value == newer.value or older.kind in ("tempo", "energy", "length", "era", "year")
