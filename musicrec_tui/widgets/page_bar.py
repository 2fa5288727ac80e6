"""The pages by name: a line on top where it is narrow, a column at the left where there is room."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.message import Message
from textual.widgets import Static


class PageLink(Static):
    """One page, with the key that opens it."""

    def __init__(self, page_id: str, key: str, name: str) -> None:
        super().__init__(f"{key} {name}", id=f"{page_id}-link", markup=False)
        self.page_id = page_id

    def on_click(self) -> None:
        """Open it."""
        self.post_message(PageBar.Wanted(self.page_id))


class PageBar(ScrollableContainer, can_focus=False):
    """A link a page, the one on show marked."""

    class Wanted(Message):
        """A page was clicked."""

        def __init__(self, page_id: str) -> None:
            super().__init__()
            self.page_id = page_id

    def __init__(self, links: Iterable[PageLink], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._links = tuple(links)

    def compose(self) -> ComposeResult:
        """The links."""
        yield from self._links

    def mark(self, page_id: str) -> None:
        """A page is on show."""
        for link in self._links:
            link.set_class(link.page_id == page_id, "-shown")
            if link.page_id == page_id:
                self.call_after_refresh(link.scroll_visible, animate=False)
