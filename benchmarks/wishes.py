"""How many constraints of hand-written wishes are found as chips, and how many nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from musicrec_core.language.records import A_LITTLE, MUCH, Chip, Range

DATA = Path(__file__).parent / "data"
RECENT = 2015  # "recent" begins no earlier


@dataclass(frozen=True, slots=True)
class Sense:
    """What a chip may be to fulfil a constraint: its kind, value and sign, its degree if marked."""

    kind: str
    value: str
    negated: bool
    degree: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A constraint: the senses that are equally right, and whether it excludes."""

    senses: tuple[Sense, ...]
    negated: bool


def read_wishes(name: str) -> list[tuple[str, list[Wanted]]]:
    """Wishes and their constraints of a file in data/."""
    rows = []
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, wanted = line.partition("\t")
            rows.append((text, [_wanted(part) for part in wanted.split("; ")]))
    return rows


def _wanted(part: str) -> Wanted:
    negated = part.startswith("-")
    senses, kind = [], ""
    for text in part.split("/"):
        value = text.rstrip("<>").lstrip("+-") if ":" in text else text.rstrip("<>")
        if ":" in value and not re.match(r"\d+:\d", value):
            kind, _, value = value.partition(":")
        sign = not text.startswith("+") if negated else text.startswith("-") and kind in text
        senses.append(Sense(kind, value, sign, text[len(text.rstrip("<>")) :]))
    return Wanted(tuple(senses), negated)


def chip_of(written: Mapping[str, Any]) -> Chip:
    """A chip from the JSON that the command line writes."""
    value = written["value"]
    if not isinstance(value, str):
        value = Range(value.get("from"), value.get("to"))
    kind, text = written["kind"], written["text"]
    return Chip(kind, value, text, 0, 0, written["degree"], negated=written["negated"])


def fits(chip: Chip, wanted: Wanted) -> bool:
    """Whether a chip says what is wanted, by its value or by the words it stands for."""
    return any(_fits_sense(chip, sense) for sense in wanted.senses)


def _fits_sense(chip: Chip, sense: Sense) -> bool:
    if (chip.kind, chip.negated) != (sense.kind, sense.negated):
        return False
    if sense.degree and chip.degree != (A_LITTLE if sense.degree == "<" else MUCH):
        return False
    return _same(chip.value, sense.value) or chip.text.casefold() == sense.value


def _same(value: str | Range, wanted: str) -> bool:
    if isinstance(value, str):
        return value.casefold().removeprefix("the ") == wanted.removeprefix("the ")
    if wanted in ("recent", "old"):
        return (value.start or 0) >= RECENT if wanted == "recent" else value.start is None
    if "-" not in wanted and not wanted.isdigit():
        return False
    if "-" not in wanted:
        return value.start is not None and value.start <= int(wanted) <= (value.end or 0)
    ends = [_number(end) for end in wanted.split("-")]
    return [value.start, value.end] == ends


def _number(text: str) -> int | None:
    if not text:
        return None
    if ":" in text:
        minutes, seconds = text.split(":")
        return int(minutes) * 60 + int(seconds)
    return int(text)


@dataclass(frozen=True, slots=True)
class WishScore:
    """Constraints found of those wanted, of the negated ones, and chips that nobody asked for."""

    found: int
    wanted: int
    negated_found: int
    negated: int
    chips: int
    unasked: int
    misses: Sequence[str]


def score(
    rows: Iterable[tuple[str, list[Wanted]]], chips_of: dict[str, Sequence[Chip]]
) -> WishScore:
    """Compare; each chip answers one constraint at most."""
    right = total = negated_found = negated = chips = unasked = 0
    misses = []
    for text, wanted in rows:
        left = list(chips_of[text])
        chips += len(left)
        for one in wanted:
            total += 1
            negated += one.negated
            chip = next((c for c in left if fits(c, one)), None)
            if chip is None and any(fits(c, one) for c in chips_of[text]):
                right, negated_found = right + 1, negated_found + one.negated  # said twice
                continue
            if chip is None:
                misses.append(f"{text} | missing {_text(one)}")
                continue
            left.remove(chip)
            right += 1
            negated_found += one.negated
        unasked += len(left)
        misses += [f"{text} | unasked {c.kind}:{c.value} {c.negated} {c.degree}" for c in left]
    return WishScore(right, total, negated_found, negated, chips, unasked, misses)


def _text(wanted: Wanted) -> str:
    return " or ".join(
        f"{'-' * sense.negated}{sense.kind}:{sense.value}{sense.degree}" for sense in wanted.senses
    )
