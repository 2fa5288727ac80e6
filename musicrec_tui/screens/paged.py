"""A screen with pages: which one is on show, and how to get to another."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widgets import ContentSwitcher

from musicrec_tui import jobs
from musicrec_tui.screens.page import Page, PageContext
from musicrec_tui.screens.pages import PAGES, page_spec
from musicrec_tui.screens.working import WorkScreen
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.page_bar import PageBar

P = TypeVar("P", bound=Page)
FIRST = PAGES[0].id


class PagedScreen(WorkScreen):
    """Makes a page when it is wanted for the first time, and keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(spec.key, f"view('{spec.id}')", show=False, id=f"page.{spec.id}")
            for spec in PAGES
        ),
        Binding(
            "tab", "turn(1)", "Next page", show=False, id="page.next",
            tooltip="the next of the pages above",
        ),
        Binding(
            "shift+tab", "turn(-1)", "Page before", show=False, id="page.previous",
            tooltip="the one before",
        ),
    ]  # fmt: skip

    def __init__(self, session: Session, first_job: jobs.Job | None = None) -> None:
        super().__init__(JobBar(session, id="job"), first_job)
        self.context = PageContext(session, FacadeThread(session), FacadeThread(session))
        self.pages = ContentSwitcher(self._made(FIRST), initial=FIRST)

    def page_opened(self, page: Page) -> None:
        """A page was just made: fill it."""

    @property
    def shown_id(self) -> str:
        """The id of the page on show."""
        return self.pages.current or FIRST

    @property
    def view(self) -> Page:
        """The page on show."""
        return self.page(self.shown_id, Page)

    def page(self, page_id: str, kind: type[P]) -> P:
        """A page that was opened before; raises NoMatches for one that was not."""
        return self.pages.query_one(f"#{page_id}", kind)

    @property
    def opened(self) -> list[Page]:
        """The pages that were opened so far."""
        return list(self.pages.query_children().results(Page))

    def _made(self, page_id: str) -> Page:
        return page_spec(page_id).load()(self.context, id=page_id)

    async def open_page(self, page_id: str) -> Page:
        """Show a page, made when it is wanted for the first time."""
        try:
            page = self.page(page_id, Page)
        except NoMatches:
            page = self._made(page_id)
            await self.pages.add_content(page)
            self.page_opened(page)
        self.pages.current = page_id
        self.query_one(PageBar).mark(page_id)
        page.take_focus()
        return page

    async def action_view(self, page_id: str) -> None:
        """Show a page."""
        await self.open_page(page_id)

    async def action_turn(self, pages: int) -> None:
        """Show the page that many places further on."""
        ids = [spec.id for spec in PAGES]
        await self.open_page(ids[(ids.index(self.shown_id) + pages) % len(ids)])

    async def action_on_page(self, page_id: str, action: str) -> None:
        """Do what a page can do, on that page."""
        page = await self.open_page(page_id)
        await self.app.run_action(action, page)

    @on(PageBar.Wanted)
    async def _page_clicked(self, event: PageBar.Wanted) -> None:
        await self.open_page(event.page_id)
