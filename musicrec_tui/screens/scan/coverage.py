"""How much of the library is read and heard, as text: bars, each with its number."""

from __future__ import annotations

from rich.text import Text

from musicrec_core.app.results import Status
from musicrec_core.text import count, one_line
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.job_bar import JobBar

BAR = 28
LABEL = 14


def state(status: Status, job_bar: JobBar) -> str:
    """What goes on, in one sentence."""
    if job_bar.job is None:
        return _rest(status)
    if job_bar.stopping:
        return f"{job_bar.job.name}: stopping; what was done is kept, s goes on from there."
    progress = job_bar.pace.progress
    if progress is None:
        return f"{job_bar.job.name} begins …"
    parts = [f"{progress.phase[:1].upper()}{progress.phase[1:]}"]
    if progress.total:
        parts.append(f"{progress.done:,} of {progress.total:,}")
    elif progress.done:
        parts.append(f"{progress.done:,}")
    if job_bar.pace.per_s is not None:
        parts.append(f"{job_bar.pace.per_s:.1f} a second")
    if job_bar.pace.left_s is not None:
        parts.append(f"{clock(job_bar.pace.left_s)} left")
    return one_line(f"{', '.join(parts)}. esc stops it, and what was done is kept.")


def _rest(status: Status) -> str:
    if not status.roots:
        return "No folder of yours is known so far. F adds one and scans it."
    waiting = status.pending
    if waiting:
        return f"No scan runs here. Still to be heard: {count(waiting, 'song')}. s goes on."
    return "No scan runs. s looks for what is new, F adds a folder."


def bars(status: Status) -> Text:
    """Files read, songs heard, files that could not be read, and those away."""
    total = status.files + status.failed
    lines = [
        _line("Files read", status.files, total),
        _line("Songs heard", status.analysed, status.tracks),
    ]
    away = (
        ("could not be read", status.failed),
        ("on a drive that is away", status.offline),
        ("gone from the disk", status.missing),
    )
    rest = [f"{number:,} {what}" for what, number in away if number]
    return Text("\n").join([*lines, Text(", ".join(rest) or "Every file could be read.")])


def _line(label: str, part: int, whole: int) -> Text:
    share = part / whole if whole else 0.0
    text = Text(label.ljust(LABEL))
    text.append(bar(share, BAR, "─"), style="bold")
    text.append(f"  {part:,} of {whole:,}")
    return text
