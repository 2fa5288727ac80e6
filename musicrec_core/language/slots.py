"""The slots of a request, out of its names, its chips and its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.language.chips.names import Name
from musicrec_core.language.positions import position_of, rating_of
from musicrec_core.language.records import Chip, Intent, SlotValue
from musicrec_core.language.tokens import Token

_FROM_CHIPS = {"genre": "genre", "mood": "mood", "year": "year", "era": "year"}
_EXCLUDING = frozenset(("dislike", "remove"))  # what these speak of stands behind "no", "hate"
_WITH_POSITION = frozenset(
    (
        "add",
        "remove",
        "play",
        "next",
        "rate",
        "like",
        "dislike",
        "repeat",
        "similar",
        "describe",
        "why",
    )
)


def slots_of(
    intent: Intent,
    tokens: Sequence[Token],
    names: Sequence[Name],
    chips: Sequence[Chip],
    text: str,
) -> dict[str, SlotValue]:
    """Slots by name; a list where there are several. Excluded things are no slots."""
    slots: dict[str, list[str | int]] = {}
    inside = {i for name in names for i in range(name.start, name.end)}
    excluded = {chip.start for chip in chips if chip.negated and intent not in _EXCLUDING}
    for name in names:
        first = tokens[name.start]
        if first.start not in excluded:
            written = text[first.start : tokens[name.end - 1].end]
            slots.setdefault(name.kind, []).append(written)
    for chip in chips:
        slot = _FROM_CHIPS.get(chip.kind)
        covered = any(tokens[i].start == chip.start for i in inside)
        if slot and not chip.negated and not covered:
            slots.setdefault(slot, []).append(chip.text)
    rest = [token.low for i, token in enumerate(tokens) if i not in inside]
    slots.update(_counted(intent, rest, bool(names)))
    return {slot: v[0] if len(v) == 1 else tuple(v) for slot, v in slots.items()}


def _counted(intent: Intent, low: Sequence[str], named: bool) -> dict[str, list[str | int]]:
    """The number and the position among words that are no names."""
    if intent == "rate":
        stars = rating_of(low)
        return {} if stars is None else {"number": [stars]}
    position, number = position_of([word for word in low if word[:1].isalnum()])
    slots: dict[str, list[str | int]] = {}
    if number is not None and intent in (*_WITH_POSITION, "recommend"):
        slots["number"] = [number]
    pointed = position is not None and intent in _WITH_POSITION
    if position is not None and pointed and (position != "this" or not named or intent == "add"):
        slots["position"] = [position]
    return slots
