"""What training came to: one plain sentence, and the figures behind it on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_core.model_records import EarsReport, Metrics, TrainReport
from musicrec_core.text import count, one_line

NOT_MEASURED = "–"
CLOSES = "esc closes"
MEASURED_TOO = f"m shows how it was measured · {CLOSES}"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What to tell of a training. `columns` and `lines` are its table, the measured figures."""

    title: str
    sentence: str
    effects: tuple[str, ...]
    reason: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, Sequence[float | None]], ...]
    measured: str

    @property
    def was_measured(self) -> bool:
        """Whether there are figures."""
        return any(value is not None for _, values in self.lines for value in values)


class ResultScreen(ModalScreen[None]):
    """Stays until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space", "dismiss", "Close"),
        Binding("m", "measured", "How it was measured"),
    ]

    def __init__(self, result: TrainingResult) -> None:
        super().__init__()
        self._result = result

    def compose(self) -> ComposeResult:
        """Title, what it means; the figures, hidden at first."""
        result = self._result
        with VerticalScroll(classes="dialog", id="result"):
            yield Static(one_line(result.title), classes="dialog-title", markup=False)
            yield Static(one_line(result.sentence), id="decision", markup=False)
            if result.effects:
                effects = "\n".join(map(one_line, result.effects))
                yield Static(effects, id="influences", markup=False)
            with Vertical(id="figures"):
                yield Static(one_line(result.reason), id="reason", markup=False)
                yield Static(_table(result), id="metrics")
                yield Static(one_line(result.measured), id="measured", markup=False)
            keys = MEASURED_TOO if result.was_measured else CLOSES
            yield Static(keys, classes="keys", markup=False)

    def on_mount(self) -> None:
        """The figures come on demand."""
        self.query_one("#figures").display = False

    def action_measured(self) -> None:
        """Show the figures, or hide them."""
        figures = self.query_one("#figures")
        figures.display = self._result.was_measured and not figures.display


def of_taste(report: TrainReport) -> TrainingResult:
    """Of learning from feedback."""
    rows = [("new model", report.candidate), ("current model", report.current)]
    rows += [(name.replace("_", " "), metrics) for name, metrics in report.baselines.items()]
    return TrainingResult(
        title=f"✓ New model {report.version}" if report.promoted else "The model stays as it is",
        sentence=report.sentence,
        effects=tuple(influence.sentence for influence in report.influences),
        reason=report.reason if report.was_measured else "",
        columns=("AUC", "nDCG@10", "logloss", "RMSE"),
        lines=tuple((name, _values(metrics)) for name, metrics in rows),
        measured=f"Measured on feedback kept out of training, "
        f"{count(report.feedback, 'event')} in all, {report.seconds:.0f} s. "
        "Higher is better for AUC and nDCG, lower for logloss and RMSE.",
    )


def of_ears(report: EarsReport) -> TrainingResult:
    """Of teaching the ears."""
    return TrainingResult(
        title="✓ New ears" if report.promoted else "The ears stay as they are",
        sentence=report.sentence,
        effects=(),
        reason=report.reason if report.was_measured else "",
        columns=("same album", "same artist"),
        lines=(
            ("new ears", (report.candidate.albums, report.candidate.artists)),
            ("current ears", (report.current.albums, report.current.artists)),
        ),
        measured=f"Mean average precision on songs of artists kept out of learning; higher is "
        f"better. {count(report.songs, 'song')} of {count(report.artists, 'artist')} with more "
        f"than one, {report.seconds:.0f} s.",
    )


def _values(metrics: Metrics) -> tuple[float | None, ...]:
    return (metrics.auc, metrics.ndcg_at_10, metrics.logloss, metrics.rmse)


def _table(result: TrainingResult) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    for name in result.columns:
        table.add_column(name, justify="right", no_wrap=True)
    for row, (name, values) in enumerate(result.lines):
        words = [NOT_MEASURED if value is None else f"{value:.3f}" for value in values]
        style = "bold" if row < 2 else ""  # the new one and the one in use
        table.add_row(*(Text(one_line(word), style=style) for word in (name, *words)))
    return table
