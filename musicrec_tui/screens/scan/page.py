"""Scan: how far it is, the folders, and the files that could not be read with their reasons."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import RootStatus, Status
from musicrec_core.records import FailedFile
from musicrec_core.text import count, one_line
from musicrec_tui import jobs
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.page import Page, PageContext
from musicrec_tui.screens.scan import coverage
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.virtual_table import VirtualTable

COLUMNS = (
    Column("kind", "", width=1, gap=1),
    Column("name", "Folder or file", weight=5),
    Column("state", "How it is", weight=4),
)
FOLDER, AWAY, UNREAD = "▤", "○", "✗"
RETRY_ALL = jobs.scan(retry_failed=True)


@dataclass(frozen=True, slots=True)
class ScanState:
    """What the store knows of files: counts, folders with how many files each, the quarantine."""

    status: Status
    folders: tuple[tuple[RootStatus, int], ...]
    failed: tuple[FailedFile, ...]

    @classmethod
    def read(cls, musicrec: MusicRec) -> ScanState:
        """As it is now."""
        status = musicrec.status()
        folders = tuple((root, musicrec.library.files_under(root.path)) for root in status.roots)
        return cls(status, folders, tuple(musicrec.library.quarantine()))


def _folder_state(root: RootStatus, files: int) -> str:
    """How many files of it are known, and where it lies."""
    away = "" if root.online else ", not there now"
    return f"{count(files, 'file')}{away} · in {os.path.dirname(root.path)}"


def _rows(state: ScanState) -> list[CellRow]:
    """The folders, then the files that could not be read."""
    rows = [
        (
            Cell(FOLDER if root.online else AWAY, "quiet"),
            Cell(os.path.basename(root.path) or root.path, "title"),
            Cell(_folder_state(root, files), "quiet"),
        )
        for root, files in state.folders
    ]
    for file in state.failed:
        name = os.path.basename(file.path)
        rows.append((Cell(UNREAD, "down"), Cell(name), Cell(file.reason, "quiet")))
    return [CellRow(place, cells) for place, cells in enumerate(rows)]


class ScanPage(Page):
    """`s` scans and escape stops, here as on every page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v", "retry", "Try again", id="scan.retry",
            tooltip="try the highlighted file again, as enter does",
        ),
        Binding(
            "T", "retry_all", "Try all", id="scan.retry_all",
            tooltip="scan and try every file again that could not be read",
        ),
        Binding(
            "delete,backspace", "forget", "Forget", id="scan.forget",
            tooltip="forget the highlighted folder; its files and your likes stay",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._state: ScanState | None = None
        self._job_bar: JobBar | None = None

    def compose(self) -> ComposeResult:
        """What goes on, how much is known, then folders and quarantine."""
        yield Static(id="scan-now", markup=False)
        yield Static(id="scan-coverage")
        yield VirtualTable(COLUMNS, id="scan-files")
        yield Static(id="scan-line", markup=False)

    @property
    def table(self) -> VirtualTable:
        """The folders and the files that could not be read."""
        return self.query_one("#scan-files", VirtualTable)

    def take_focus(self) -> None:
        """The table has the keys."""
        self.table.focus()
        self.reload()

    def songs_changed(self) -> None:
        """A scan went on, here or in another program."""
        self.reload()

    def job_changed(self, job_bar: JobBar) -> None:
        """Say how far it is."""
        self._job_bar = job_bar
        self._say()

    def _say(self) -> None:
        if self._state is not None and self._job_bar is not None and not self.gone:
            now = coverage.state(self._state.status, self._job_bar)
            self.query_one("#scan-now", Static).update(now)

    @work(exclusive=True, group="scan-state")
    async def reload(self) -> None:
        """Read how it is now."""
        with notify_errors(self):
            state = await self.context.reader.ask(ScanState.read)
            if not self.gone:
                self._show(state)

    def _show(self, state: ScanState) -> None:
        before, self._state = self._state, state
        self._say()
        self.query_one("#scan-coverage", Static).update(coverage.bars(state.status))
        self.table.say_when_empty("No folder so far. F adds one.")
        if before is None or (before.folders, before.failed) != (state.folders, state.failed):
            self.table.show(_rows(state), self.table.cursor)

    @property
    def _folder(self) -> tuple[str, int] | None:
        """The highlighted folder, and how many files it has."""
        folders, at = self._state.folders if self._state else (), self.table.cursor
        return (folders[at][0].path, folders[at][1]) if at < len(folders) else None

    @property
    def _failed(self) -> FailedFile | None:
        """The highlighted file that could not be read."""
        if self._state is None:
            return None
        at = self.table.cursor - len(self._state.folders)
        return self._state.failed[at] if 0 <= at < len(self._state.failed) else None

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Tell all of what is under the cursor."""
        event.stop()
        line = ""
        if self._failed:
            line = f"{self._failed.path}: {self._failed.reason}"
        elif self._folder:
            line = f"{self._folder[0]}: Del forgets the folder, F adds one."
        self.query_one("#scan-line", Static).update(one_line(line))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter tries a file again; on a folder it scans that one."""
        event.stop()
        if self._folder:
            self.post_message(self.RunJob(jobs.scan([self._folder[0]])))
        else:
            self.action_retry()

    @work(group="scan-retry")
    async def action_retry(self) -> None:
        """Let a scan of its folder read the highlighted file as if it were new."""
        failed = self._failed
        if failed is None:
            tell(self, "Only a file that could not be read is tried again")
            return
        with notify_errors(self):
            await self.context.desk.ask(lambda m: m.library.release(failed.path))
            self.post_message(self.RunJob(jobs.scan()))

    def action_retry_all(self) -> None:
        """Try every one again."""
        if self._state and self._state.failed:
            self.post_message(self.RunJob(RETRY_ALL))
        else:
            tell(self, "Every file could be read")

    @work(exclusive=True, group="dialog")
    async def action_forget(self) -> None:
        """Ask, then scan the highlighted folder no more."""
        if self._folder is None:
            tell(self, "Only a folder can be forgotten")
            return
        folder, files = self._folder
        question = f"Forget {folder} and its {count(files, 'file')}? Your likes are kept."
        if not await self.app.push_screen_wait(ConfirmScreen(question)):
            return
        with notify_errors(self):
            gone = await self.context.desk.ask(lambda m: m.library.forget_folder(folder))
            tell(self, f"Forgot {folder} and {count(gone, 'file')}; F adds it again")
            self.post_message(self.LibraryChanged())
