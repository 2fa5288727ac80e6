"""Insights: what is liked, what was played, whether the model still fits; a year at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from musicrec_core.app.facade import MusicRec
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.insights import sections
from musicrec_tui.screens.page import Page, PageContext

if TYPE_CHECKING:
    from musicrec_core.app.results import Insights, YearInReview

Read = tuple["Insights", "YearInReview"]


class InsightsPage(Page):
    """Read when it is opened; a library of many songs takes a few seconds to look at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket", "turn_year(-1)", "Year before", id="insights.before",
            tooltip="look at the year before",
        ),
        Binding(
            "right_square_bracket", "turn_year(1)", "Next year", id="insights.after",
            tooltip="look at the year after",
        ),
        Binding(
            "f5,ctrl+r", "renew", "Look again", show=False, id="insights.renew",
            tooltip="look at all of it again",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._year: int | None = None
        self._years: list[int] = []
        self._no_songs = ""

    def compose(self) -> ComposeResult:
        """The taste, and the year beside or below it."""
        with VerticalScroll(id="insights-all"):
            yield Static("Looking …", id="insights-state", markup=False)
            with Horizontal(id="insights-columns"):
                yield Vertical(id="insights-taste")
                yield Vertical(id="insights-year")

    def take_focus(self) -> None:
        """The text can be scrolled; what is new since is shown."""
        self.query_one("#insights-all").focus()
        self.reload()

    def say_when_empty(self, no_songs: str) -> None:
        """Why there is nothing to look at."""
        if no_songs != self._no_songs:
            self._no_songs = no_songs
            self.reload()

    def action_renew(self) -> None:
        """Look again."""
        self.reload()

    def action_turn_year(self, years: int) -> None:
        """Another year, of those in which something happened."""
        at = self._years.index(self._year) + years if self._year in self._years else -1
        if 0 <= at < len(self._years):
            self._year = self._years[at]
            self.reload()
        else:
            tell(self, "No play and no opinion is kept of another year that way")

    @work(exclusive=True, group="insights")
    async def reload(self) -> None:
        """Read all of it and show it."""
        if self._no_songs:
            self.query_one("#insights-state", Static).update(self._no_songs)
            return
        wanted = self._year

        def read(musicrec: MusicRec) -> Read:
            return musicrec.insights(), musicrec.year(wanted)

        with notify_errors(self):
            page, year = await self.context.desk.ask(read)
            if not self.gone:
                self._year = year.year
                self._years = sorted({*year.years, year.year})
                await self._show(page, year)

    async def _show(self, page: Insights, year: YearInReview) -> None:
        self.query_one("#insights-state", Static).update(sections.state(page))
        columns = {
            "#insights-taste": [
                sections.taste(page),
                *sections.opinions(page),
                *sections.kinds(page),
            ],
            "#insights-year": sections.year(year),
        }
        for name, parts in columns.items():
            column = self.query_one(name)
            await column.remove_children()
            await column.mount_all(Static(part, classes="insights-part") for part in parts)
