"""What people do to music, as recipes: constraints that a listener would put in words."""

from __future__ import annotations

from collections.abc import Mapping

from musicrec_core.language.records import A_LITTLE, MUCH, Chip, ChipKind, Range

_Part = tuple[ChipKind, str | Range, float]
_FAST: _Part = ("tempo", "fast", 1.0)
_LIVELY: _Part = ("energy", "high", 1.0)
_QUIET: _Part = ("energy", "low", 1.0)
_SLOW: _Part = ("tempo", "slow", A_LITTLE)
_WORDLESS: _Part = ("voice", "instrumental", A_LITTLE)
_CALM: _Part = ("mood", "calm", 1.0)
_HAPPY: _Part = ("mood", "happy", A_LITTLE)

RECIPES: Mapping[str, tuple[_Part, ...]] = {
    "running": (("tempo", Range(150, 185), 1.0), ("energy", "high", MUCH)),
    "workout": (("energy", "high", MUCH), _FAST),
    "cycling": (_LIVELY, _FAST),
    "walking": (("tempo", Range(95, 130), 1.0), ("mood", "upbeat", A_LITTLE)),
    "dancing": (("mood", "danceable", 1.0), _LIVELY),
    "party": (_LIVELY, ("mood", "fun", 1.0), ("popularity", "popular", A_LITTLE)),
    "dinner": (_QUIET, ("mood", "warm", A_LITTLE), ("genre", "jazz", A_LITTLE)),
    "cooking": (_HAPPY, ("mood", "warm", A_LITTLE)),
    "cleaning": (_LIVELY, _HAPPY),
    "study": (_QUIET, _WORDLESS, _CALM),
    "reading": (_QUIET, _WORDLESS, _CALM),
    "work": (_WORDLESS, ("mood", "relaxed", A_LITTLE)),
    "coding": (_WORDLESS, ("genre", "electronic", A_LITTLE)),
    "focus": (_WORDLESS, _QUIET),
    "writing": (_WORDLESS, _QUIET),
    "sleep": (("energy", "low", MUCH), ("tempo", "slow", 1.0), _CALM, _WORDLESS),
    "meditation": (("energy", "low", MUCH), _CALM, ("genre", "ambient", 1.0)),
    "yoga": (_QUIET, _CALM),
    "massage": (_QUIET, _CALM),
    "relaxation": (_QUIET, ("mood", "relaxed", 1.0)),
    "background": (_QUIET, ("mood", "gentle", A_LITTLE)),
    "wake up": (_HAPPY, ("mood", "uplifting", 1.0)),
    "morning": (("mood", "uplifting", A_LITTLE), _HAPPY),
    "breakfast": (_HAPPY, ("mood", "gentle", A_LITTLE)),
    "evening": (_QUIET, ("mood", "mellow", A_LITTLE)),
    "night": (_QUIET, ("mood", "mellow", A_LITTLE)),
    "night out": (_LIVELY, ("mood", "fun", 1.0)),
    "driving": (_LIVELY, ("genre", "rock", A_LITTLE)),
    "road trip": (("mood", "upbeat", 1.0), _LIVELY),
    "commute": (("mood", "upbeat", A_LITTLE),),
    "beach": (_HAPPY, ("mood", "relaxed", A_LITTLE)),
    "barbecue": (_HAPPY, _LIVELY),
    "coffee": (_QUIET, ("mood", "warm", A_LITTLE)),
    "date night": (("mood", "romantic", 1.0), _QUIET),
    "making love": (("mood", "sensual", 1.0), _SLOW),
    "wedding": (("mood", "romantic", 1.0), _HAPPY),
    "funeral": (("mood", "sad", 1.0), _QUIET, _SLOW),
    "gaming": (_LIVELY, ("genre", "electronic", A_LITTLE)),
    "crying": (("mood", "sad", MUCH), _QUIET),
    "rainy afternoon": (_QUIET, ("mood", "melancholic", A_LITTLE)),
    "campfire": (("genre", "folk", 1.0), ("instrument", "acoustic guitar", 1.0)),
    "birthday": (_HAPPY, _LIVELY),
}


def parts(chip: Chip) -> list[Chip]:
    """The constraints that an activity stands for; none where there is no recipe for it."""
    recipe = RECIPES.get(chip.value, ()) if isinstance(chip.value, str) else ()
    return [
        Chip(kind, value, chip.text, chip.start, chip.end, degree * chip.degree)
        for kind, value, degree in recipe
    ]
