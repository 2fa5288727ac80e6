"""Long work in a thread of its own: a line with its phase, rate and time left, and its stop."""

from __future__ import annotations

import time

from textual import work
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from musicrec_core.errors import MusicRecError
from musicrec_core.records import Progress
from musicrec_core.text import one_line
from musicrec_tui.jobs import Job
from musicrec_tui.session import Session
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.job_pace import JobPace

REPORT_EVERY_S = 0.1
BAR_CELLS = 16


class JobBar(Static):
    """Runs one job at a time and shows how far it is; hidden while there is none."""

    class Step(Message):
        """The job went on."""

        def __init__(self, job: Job, progress: Progress) -> None:
            super().__init__()
            self.job = job
            self.progress = progress

    class Ended(Message):
        """The job is over: with a result, with an error for the user, or stopped."""

        def __init__(
            self, job: Job, result: object, error: MusicRecError | None, stopped: bool
        ) -> None:
            super().__init__()
            self.job = job
            self.result = result
            self.error = error
            self.stopped = stopped

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._session = session
        self.pace = JobPace()
        self.job: Job | None = None
        self.stopping = False

    def start(self, job: Job) -> bool:
        """Run a job; False while another one runs."""
        if self.job is not None:
            return False
        self.job, self.stopping, self.pace = job, False, JobPace()
        self.display = True
        self.update(f"{job.name} …")
        self._run(job)
        return True

    def stop(self) -> bool:
        """Ask the job to stop soon; False when there is none."""
        if self.job is None:
            return False
        self.stopping = True
        self.update(f"{self.job.name}: stopping, what was done is kept …")
        return True

    @work(thread=True, exclusive=True, group="job")
    def _run(self, job: Job) -> None:
        worker = get_current_worker()
        last_s = 0.0

        def cancelled() -> bool:
            return self.stopping or worker.is_cancelled

        def report(progress: Progress) -> None:
            nonlocal last_s
            now_s = time.monotonic()
            due = now_s - last_s >= REPORT_EVERY_S or progress.done >= progress.total
            if due or progress.losses:
                last_s = now_s
                self.post_message(self.Step(job, progress))

        result: object = None
        error: MusicRecError | None = None
        try:
            with self._session.open() as musicrec:
                result = job.run(musicrec, report, cancelled)
        except MusicRecError as mendable:
            error = mendable
        except OSError as trouble:  # a full disk, a drive pulled out
            error = MusicRecError(f"{job.name} stopped: {trouble}")
        self.post_message(self.Ended(job, result, error, stopped=cancelled()))

    def on_job_bar_step(self, event: Step) -> None:
        """Show the step; the message goes on to whoever listens above."""
        if event.job is self.job:
            self.pace.step(event.progress)
            if not self.stopping:
                self.update(self._line(event.job, event.progress))

    def on_job_bar_ended(self) -> None:
        """Make room."""
        self.job = None
        self.display = False

    def _line(self, job: Job, progress: Progress) -> str:
        parts = [f"{job.name}: {one_line(progress.phase)}"]
        if progress.total:
            parts.append(bar(progress.done / progress.total, BAR_CELLS, "─"))
            parts.append(f"{progress.done:,} of {progress.total:,}")
        elif progress.done:
            parts.append(f"{progress.done:,}")
        per_s, left_s = self.pace.per_s, self.pace.left_s
        if per_s is not None:
            parts.append(f"{per_s:.1f}/s")
        if left_s is not None:
            parts.append(f"{clock(left_s)} left")
        return "  ".join([*parts, "esc stops"])
