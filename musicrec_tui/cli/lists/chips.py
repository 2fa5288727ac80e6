"""Constraints that were understood, as JSON and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musicrec_core.app.results import Chip


def chip_json(chip: Chip) -> dict[str, object]:
    """As JSON shows it: a range as what it is from and to."""
    value: object = chip.value
    if not isinstance(chip.value, str):
        ends = {"from": chip.value.start, "to": chip.value.end}
        value = {name: end for name, end in ends.items() if end is not None}
    return {
        "kind": chip.kind,
        "value": value,
        "degree": chip.degree,
        "negated": chip.negated,
        "text": chip.text,
    }


def chip_text(chip: Chip) -> str:
    """In a few words."""
    return f"{'not ' if chip.negated else ''}{chip.kind}: {chip.text}"
