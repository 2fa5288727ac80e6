"""Models: every version with its date and why it came about; another one can be used."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from musicrec_core.model_records import ModelInfo
from musicrec_core.text import count, one_line
from musicrec_tui import jobs
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.models.training import TrainingPlot
from musicrec_tui.screens.page import Page, PageContext
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.virtual_table import VirtualTable

COLUMNS = (
    Column("use", "", width=1, gap=1),
    Column("version", "Version", weight=3),
    Column("of", "Of", width=8),
    Column("date", "Trained", width=16),
    Column("from", "From", weight=3, from_width=60),
)


def _sentence(info: ModelInfo) -> str:
    """Why a version came about, and whether it is in use."""
    use = "In use. " if info.current else "Enter uses it. "
    plain = "Comes with musicrec; learned from many people." if info.kind == "bundled" else ""
    return one_line(f"{use}{info.reason or plain}")


def _row(place: int, info: ModelInfo) -> CellRow:
    date = (info.trained_at or "").replace("T", " ")[:16]
    taught = count(info.songs, "song") if info.of == "ears" else f"{info.feedback} said or played"
    cells = (
        Cell("✓" if info.current else "", "up"),
        Cell(info.version, "title"),
        Cell(info.of),
        Cell(date or "bundled", "quiet"),
        Cell(taught if info.kind == "personal" else "", "quiet"),
    )
    return CellRow(place, cells)


class ModelsPage(Page):
    """`r` and `R` train, here as on every page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v", "use", "Use this version", id="models.use",
            tooltip="score by the highlighted version from now on, also to roll back",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._versions: list[ModelInfo] = []

    def compose(self) -> ComposeResult:
        """A training, while one runs and afterwards; the versions, and one of them in a line."""
        yield TrainingPlot(id="training")
        yield VirtualTable(COLUMNS, id="versions")
        yield Static(id="version-line", markup=False)

    @property
    def table(self) -> VirtualTable:
        """The versions."""
        return self.query_one("#versions", VirtualTable)

    def take_focus(self) -> None:
        """The versions have the keys."""
        self.table.focus()
        self.reload()

    def songs_changed(self) -> None:
        """A training may have ended."""
        self.reload()

    def job_changed(self, job_bar: JobBar) -> None:
        """Show how a training goes."""
        self.query_one(TrainingPlot).show(job_bar)

    @work(exclusive=True, group="versions")
    async def reload(self) -> None:
        """Read the versions anew."""
        with notify_errors(self):
            versions = await self.context.reader.ask(lambda m: m.models.versions())
            if not self.gone and versions != self._versions:
                self._versions = versions
                self.table.show([_row(i, v) for i, v in enumerate(versions)], self.table.cursor)

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Tell of the version under the cursor."""
        event.stop()
        at = self.table.cursor
        line = _sentence(self._versions[at]) if at < len(self._versions) else ""
        self.query_one("#version-line", Static).update(line)

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter uses it."""
        event.stop()
        self.action_use()

    @work(exclusive=True, group="dialog")
    async def action_use(self) -> None:
        """Ask, then score by the highlighted version."""
        at = self.table.cursor
        info = self._versions[at] if at < len(self._versions) else None
        if info is None or info.current:
            tell(self, "This version is in use")
        elif await self.app.push_screen_wait(ConfirmScreen(f"Use {info.version} from now on?")):
            name = info.version
            job = jobs.Job(f"Use {name}", lambda m, report, _: m.models.use(name, report), False)
            self.post_message(self.RunJob(job))
