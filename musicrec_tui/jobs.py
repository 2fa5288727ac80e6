"""The long work that the screens start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core import paths
from musicrec_core.errors import MusicRecError
from musicrec_core.records import Progress, ScanReport
from musicrec_core.text import count

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import Cancelled, OnProgress

DEMO = "Demo"
RETRAIN = "Retrain"


@dataclass(frozen=True, slots=True)
class Job:
    """Long work by name; it reports as it goes and stops soon after it is told to.

    fills_lists: whether there is more to see while it goes on. makes_songs: whether it makes the
    demo's songs first, which takes a minute.
    """

    name: str
    run: Callable[[MusicRec, OnProgress, Cancelled], object]
    fills_lists: bool = True
    makes_songs: bool = False


def scan(folders: Sequence[str] = (), *, retry_failed: bool = False) -> Job:
    """Scan some folders, or those scanned before; try again what could not be read."""
    return Job(
        "Scan",
        lambda m, report, stop: m.library.scan(
            folders, retry_failed=retry_failed, progress=report, cancelled=stop
        ),
    )


def retrain() -> Job:
    """Learn from feedback."""
    return Job(RETRAIN, lambda m, report, stop: m.models.retrain(report, stop), fills_lists=False)


def retrain_ears() -> Job:
    """Teach the ears on the library's own albums and artists."""
    return Job(
        "Teach the ears",
        lambda m, report, stop: m.models.retrain_ears(report, stop),
        fills_lists=False,
    )


def demo() -> Job:
    """Make the demo library where it is not there yet, and scan it."""

    def run(musicrec: MusicRec, report: OnProgress, stop: Cancelled) -> ScanReport:
        from musicrec_core.demo import build_library  # numpy and encoders: 200 ms

        def report_or_stop(progress: Progress) -> None:
            if stop():  # between two songs; the next time goes on from here
                raise MusicRecError("stopped: the demo songs made so far are kept")
            report(progress)

        folder = paths.demo_home() / "music"
        build_library(folder, report_or_stop)
        return musicrec.library.scan([str(folder)], progress=report, cancelled=stop)

    from musicrec_core.demo import is_complete

    return Job(DEMO, run, makes_songs=not is_complete(paths.demo_home() / "music"))


def scan_summary(report: ScanReport, *, stopped: bool) -> str:
    """What a scan did, in one line."""
    done = f"{count(report.found, 'song')} found, {report.new:,} new"
    if report.analysed:
        done += f", {report.analysed:,} listened to"
    if report.failed:
        done += f"; {count(len(report.failed), 'file')} could not be read"
    return f"Stopped: {done}. s goes on from here." if stopped else f"Scanned: {done}."
