"""What was understood, a chip a constraint; one that is taken away no longer counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from musicrec_core.text import one_line

GAP = 1


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A constraint by its words, as they were said. counts: False where nothing here can tell."""

    words: str
    negated: bool = False
    counts: bool = True

    @property
    def label(self) -> str:
        """As it is shown: what is not wanted with a minus, what could not count with a ?."""
        mark = "− " if self.negated else "" if self.counts else "? "
        return f" {mark}{one_line(self.words)} × "


class ChipBar(Widget, can_focus=True):
    """Chips in as many lines as they need; ← → choose one, Backspace or a click takes it away."""

    class Dropped(Message):
        """A chip was taken away."""

        def __init__(self, chip: ShownChip) -> None:
            super().__init__()
            self.chip = chip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Chip before", show=False, id="chips.left"),
        Binding("right", "move(1)", "Next chip", show=False, id="chips.right"),
        Binding(
            "backspace,delete,enter", "drop", "Without it", id="chips.drop",
            tooltip="ask anew without the chosen chip",
        ),
        Binding("down,escape", "leave", "To the songs", show=False, id="chips.leave"),
    ]  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chip--one", "chip--chosen", "chip--unread"}

    chosen: reactive[int] = reactive(0)
    chips: reactive[tuple[ShownChip, ...]] = reactive((), layout=True)

    def show(self, chips: Sequence[ShownChip]) -> None:
        """These are in force now."""
        self.chips = tuple(chips)
        self.chosen = min(self.chosen, max(len(chips) - 1, 0))
        self.display = bool(chips)

    def places(self, width: int) -> list[tuple[int, int, int]]:
        """(line, first cell, cells) of each chip on lines of so many cells."""
        places, line, at = [], 0, 0
        for chip in self.chips:
            cells = min(cell_len(chip.label), max(width, 1))
            if at and at + cells > width:
                line, at = line + 1, 0
            places.append((line, at, cells))
            at += cells + GAP
        return places

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as the chips need."""
        return self.places(width)[-1][0] + 1 if self.chips else 0

    def render(self) -> Text:
        """The chips, the chosen one marked while the keys are here."""
        lines: list[Text] = []
        for index, (line, _, cells) in enumerate(self.places(self.size.width)):
            while len(lines) <= line:
                lines.append(Text(no_wrap=True))
            if lines[line]:
                lines[line].append(" " * GAP)
            label = Text(self.chips[index].label, style=self._style(index), no_wrap=True)
            label.truncate(cells, overflow="ellipsis")
            lines[line].append_text(label)
        return Text("\n").join(lines)

    def _style(self, index: int) -> Style:
        if self.has_focus and index == self.chosen:
            return self.get_component_rich_style("chip--chosen")
        name = "chip--one" if self.chips[index].counts else "chip--unread"
        return self.get_component_rich_style(name)

    def action_move(self, chips: int) -> None:
        """Choose the chip that many places further on."""
        if self.chips:
            self.chosen = (self.chosen + chips) % len(self.chips)

    def action_drop(self) -> None:
        """Take the chosen one away."""
        if self.chips:
            self.post_message(self.Dropped(self.chips[self.chosen]))

    def drop_last(self) -> bool:
        """Take the last one away; False where there is none."""
        if self.chips:
            self.chosen = len(self.chips) - 1
            self.action_drop()
        return bool(self.chips)

    def action_leave(self) -> None:
        """Give the keys back."""
        self.screen.focus_next()

    def on_click(self, event: events.Click) -> None:
        """Take the chip under the pointer away."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for index, (line, start, cells) in enumerate(self.places(self.size.width)):
            if line == at.y and start <= at.x < start + cells:
                self.chosen = index
                self.action_drop()
                return
