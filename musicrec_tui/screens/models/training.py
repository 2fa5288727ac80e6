"""A training as it goes: one plain sentence, then the loss on songs kept out, round by round."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from musicrec_tui import jobs
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.line_plot import line_plot

ROWS = 6
CLOSE = 0.005  # of loss: less is no difference to speak of
LEGEND = "Mean loss on opinions kept out, lower is better:  ── new   ╌╌ in use"


class TrainingPlot(Static):
    """Hidden until a training runs; the last one stays on show."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._losses: list[tuple[float, float]] = []
        self._sentence = ""

    def on_mount(self) -> None:
        """Nothing was trained so far."""
        self.display = False

    def show(self, job_bar: JobBar) -> None:
        """Draw what is known of a training by now."""
        job, pace = job_bar.job, job_bar.pace
        if job is not None and job.name == jobs.RETRAIN:
            self.display = True
            self._losses = list(pace.losses)
            done, total = (pace.progress.done, pace.progress.total) if pace.progress else (0, 0)
            self._sentence = _sentence(self._losses, done, total, stopping=job_bar.stopping)
        elif self._losses:
            self._sentence = f"The training is over. {verdict(self._losses)}"
        else:
            self.display = False
        self._draw()

    def on_resize(self) -> None:
        """The plot takes the width."""
        self._draw()

    def _draw(self) -> None:
        text = Text(self._sentence, style="bold")
        if len(self._losses) > 1:
            new, current = zip(*self._losses, strict=True)
            plotted = line_plot([new, current], max(self.content_size.width, 20), ROWS)
            text.append("\n\n" + "\n".join(plotted) + f"\n{LEGEND}", style="not bold")
        self.update(text)


def _sentence(
    losses: Sequence[tuple[float, float]], done: int, total: int, *, stopping: bool
) -> str:
    if stopping:
        return "The training stops; the model in use stays."
    if not losses:
        return "Learning from your feedback … esc stops, and the model in use stays."
    return f"Round {done} of {total}. {verdict(losses)} esc stops, and the model in use stays."


def verdict(losses: Sequence[tuple[float, float]]) -> str:
    """How the new model stands beside the one in use, so far; the gate decides at the end."""
    new, current = losses[-1]
    better = "as well" if abs(new - current) < CLOSE else "better" if new < current else "worse"
    return f"On songs that it has not seen the new model does {better}."
