"""A setting: what it is now, what else it may be, and what that does."""

from __future__ import annotations

from dataclasses import dataclass

from musicrec_tui.screens.key_list import named


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the page.

    kind, key: which setting it is. value: as it is kept; shown: as people read it. choices: what
    enter goes through; none where it asks, or opens something. default: what Del goes back to.
    """

    kind: str
    key: str
    group: str
    name: str
    value: str
    shown: str
    about: str
    choices: tuple[str, ...] = ()
    default: str = ""

    @property
    def words(self) -> str:
        """What a search looks through."""
        return " ".join(
            (self.kind, self.key, self.group, self.name, self.shown, self.about)
        ).casefold()

    def word(self, value: str) -> str:
        """A value of this setting as people read it."""
        if self.kind == "dial":
            return f"{float(value):.0%}"
        return named(value) if self.kind == "key" else value.removeprefix("musicrec-")

    def choice(self, steps: int, *, around: bool) -> str | None:
        """The value that many choices further on; None at the end, or where there is none."""
        if not self.choices:
            return None
        at = self.choices.index(self.value) if self.value in self.choices else 0
        to = at + steps
        if around:
            return self.choices[to % len(self.choices)]
        return self.choices[to] if 0 <= to < len(self.choices) and to != at else None
