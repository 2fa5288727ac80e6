"""The pages by name: lines on top where it is narrow, a column at the left where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from musicrec_tui.widgets.cells import fit

LEAST_STATUS = 12  # cells, below which it is not worth a look
MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page, with the key that opens it."""

    page_id: str
    key: str
    name: str

    @property
    def label(self) -> str:
        """As it is shown."""
        return f" {self.key} {self.name} "


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands."""

    line: int
    start: int
    label: str


class PageBar(Widget):
    """The one on show is marked. Nothing scrolls: what has no room for names shows keys alone."""

    class Wanted(Message):
        """A page was clicked."""

        def __init__(self, page_id: str) -> None:
            super().__init__()
            self.page_id = page_id

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--shown", "bar--hover", "bar--link", "bar--status"
    }  # fmt: skip

    shown: reactive[str] = reactive("", layout=True)
    hover: reactive[int] = reactive(-1)
    status: reactive[str] = reactive("")
    """Where the bar lies on top, said at its end as far as there is room."""

    def __init__(self, links: Iterable[PageLink], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._links = tuple(links)

    def mark(self, page_id: str) -> None:
        """A page is on show."""
        self.shown = page_id

    @property
    def stands(self) -> bool:
        """Whether it is a column."""
        return self.size.height > MOST_LINES

    def places(self, width: int, lines: int) -> Sequence[Place]:
        """Where each link stands on lines of so many cells."""
        if lines > MOST_LINES:
            cut = (f" {fit(link.label, width - 1)}" for link in self._links)
            return [Place(line, 0, label) for line, label in enumerate(cut)]
        for labels in (self._names, self._keys(" {} "), self._keys("{} ")):
            flowing = self._flowing(labels, width)
            if flowing[-1].line < lines:
                break
        return flowing

    @property
    def _names(self) -> Sequence[str]:
        return [link.label for link in self._links]

    def _keys(self, form: str) -> Sequence[str]:
        """Keys alone, but for the page on show."""
        return [
            link.label if link.page_id == self.shown else form.format(link.key)
            for link in self._links
        ]

    @staticmethod
    def _flowing(labels: Sequence[str], width: int) -> list[Place]:
        places, line, at = [], 0, 0
        for label in labels:
            if at and at + cell_len(label) > width:
                line, at = line + 1, 0
            places.append(Place(line, at, label))
            at += cell_len(label)
        return places

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as the names need, at most two."""
        return min(self._flowing(self._names, width)[-1].line + 1, MOST_LINES)

    def render(self) -> Text:
        """The links, and the status where it has room."""
        width, height = self.size
        lines = [Text(no_wrap=True) for _ in range(height)]
        for index, place in enumerate(self.places(width, height)):
            if place.line < height:
                lines[place.line].append(place.label, self._style(index))
        if lines and not self.stands:
            room = width - lines[-1].cell_len
            if room >= LEAST_STATUS and self.status:
                style = self.get_component_rich_style("bar--status")
                lines[-1].append(f" {fit(self.status, room - 2, right=True)} ", style)
        return Text("\n").join(lines)

    def _style(self, index: int) -> Style:
        if self._links[index].page_id == self.shown:
            return self.get_component_rich_style("bar--shown")
        name = "bar--hover" if index == self.hover else "bar--link"
        return self.get_component_rich_style(name)

    def _under(self, event: events.MouseEvent) -> int:
        at = event.get_content_offset(self)
        if at is None:
            return -1
        for index, place in enumerate(self.places(self.size.width, self.size.height)):
            if place.line == at.y and place.start <= at.x < place.start + cell_len(place.label):
                return index
        return -1

    def on_click(self, event: events.Click) -> None:
        """Open the page under the pointer."""
        index = self._under(event)
        if index >= 0:
            self.post_message(self.Wanted(self._links[index].page_id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which page is under the pointer."""
        self.hover = self._under(event)

    def on_leave(self) -> None:
        """No page is under the pointer."""
        self.hover = -1
