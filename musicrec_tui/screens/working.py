"""A screen with long work: one job at a time, what it says on its way, and what came of it."""

from __future__ import annotations

import time
from abc import abstractmethod
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from musicrec_core.model_records import EarsReport, TrainReport
from musicrec_core.records import ScanReport
from musicrec_tui import jobs
from musicrec_tui.notify_errors import tell
from musicrec_tui.widgets.job_bar import JobBar

REFRESH_EVERY_S = 5.0  # how often a running scan fills the lists


class WorkScreen(Screen[str]):
    """Answers only when its first job found no music: with the reason why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s", "scan", "Scan", show=False, id="library.scan", tooltip="scan the folders again"
        ),
        Binding(
            "F", "add_folder", "Add a folder", show=False, id="library.add",
            tooltip="add a folder of music",
        ),
        Binding(
            "r", "retrain", "Retrain", show=False, id="model.retrain",
            tooltip="learn from your feedback, keep what is better",
        ),
        Binding(
            "R", "retrain_ears", "Teach the ears", show=False, id="model.ears",
            tooltip="teach the ears on your albums and artists; no likes needed",
        ),
    ]  # fmt: skip

    def __init__(self, job_bar: JobBar, first_job: jobs.Job | None = None) -> None:
        super().__init__()
        self.job_bar = job_bar
        self._first_job = first_job
        self._refreshed_s = 0.0
        self._phase = ""

    @abstractmethod
    def refresh_all(self) -> None:
        """Show the library as it is now."""

    @property
    @abstractmethod
    def has_music(self) -> bool:
        """Whether there is something to look at without the first job."""

    def job_changed(self) -> None:
        """Long work began, went on or ended."""

    def run_first_job(self) -> None:
        """Start what the screen was opened for."""
        if self._first_job:
            self.run_job(self._first_job)

    def run_job(self, job: jobs.Job) -> None:
        """Start long work, one at a time."""
        running = self.job_bar.job
        if running is None:
            self.job_bar.start(job)
            self.job_changed()
            self._phase = ""
        else:
            tell(self, f"{running.name} is still running: esc stops it", "warning")

    def action_scan(self) -> None:
        """Scan the folders scanned before."""
        self.run_job(jobs.scan())

    def action_retrain(self) -> None:
        """Learn from feedback."""
        self.run_job(jobs.retrain())

    def action_retrain_ears(self) -> None:
        """Teach the ears on the albums and artists of this library."""
        self.run_job(jobs.retrain_ears())

    @work(group="dialog")
    async def action_add_folder(self) -> None:
        """Ask for a folder and scan it."""
        from musicrec_tui.screens.dialogs.add_folder import AddFolderScreen

        folder = await self.app.push_screen_wait(AddFolderScreen())
        if folder:
            self.run_job(jobs.scan([folder]))

    def on_job_bar_step(self, event: JobBar.Step) -> None:
        """Let the lists fill while a scan goes on."""
        self.job_changed()
        now_s = time.monotonic()
        if event.progress.phase != self._phase or now_s - self._refreshed_s > REFRESH_EVERY_S:
            self._phase, self._refreshed_s = event.progress.phase, now_s
            if event.job.fills_lists:
                self.refresh_all()

    def on_job_bar_ended(self, event: JobBar.Ended) -> None:
        """Show what came of it."""
        self.job_changed()
        if event.error and event.job is self._first_job and not self.has_music:
            self.dismiss(str(event.error))
            return
        if event.error:
            tell(self, str(event.error), "error")
        else:
            self._show_result(event.result, stopped=event.stopped)
        self.refresh_all()

    def _show_result(self, result: object, *, stopped: bool) -> None:
        if isinstance(result, ScanReport):
            tell(self, jobs.scan_summary(result, stopped=stopped))
        elif isinstance(result, TrainReport | EarsReport) and stopped and not result.promoted:
            tell(self, "Training stopped; the model stays as it is")
        elif isinstance(result, TrainReport | EarsReport):
            from musicrec_tui.screens.dialogs.result import ResultScreen, of_ears, of_taste

            figures = of_taste(result) if isinstance(result, TrainReport) else of_ears(result)
            self.app.push_screen(ResultScreen(figures))
