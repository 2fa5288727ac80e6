"""What retraining found: before and after, on feedback that was held out."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_core.records import Metrics, TrainReport
from musicrec_core.text import count, one_line

NOT_MEASURED = "–"


class RetrainedScreen(ModalScreen[None]):
    """The decision in one sentence, and every figure behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,space", "dismiss", "Close")]

    def __init__(self, report: TrainReport) -> None:
        super().__init__()
        self._report = report

    def compose(self) -> ComposeResult:
        """Title, decision, table, how it was measured."""
        report = self._report
        title = f"✓ New model {report.version}" if report.promoted else "The model stays as it is"
        with VerticalScroll(classes="dialog", id="retrained"):
            yield Static(one_line(title), classes="dialog-title", markup=False)
            yield Static(one_line(report.reason), id="decision", markup=False)
            if report.influences:
                sentences = (one_line(influence.sentence) for influence in report.influences)
                yield Static("\n".join(sentences), id="influences", markup=False)
            yield Static(_table(report), id="metrics")
            yield Static(
                f"Measured on feedback kept out of training, "
                f"{count(report.feedback, 'event')} in all, {report.seconds:.0f} s. "
                "Higher is better for AUC and nDCG, lower for logloss and RMSE.",
                id="measured",
                markup=False,
            )
            yield Static("esc closes", classes="keys", markup=False)


def _table(report: TrainReport) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("AUC", "nDCG@10", "logloss", "RMSE"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row(*_line("new model", report.candidate, bold=True))
    table.add_row(*_line("current model", report.current, bold=True))
    for name, metrics in report.baselines.items():
        table.add_row(*_line(name.replace("_", " "), metrics))
    return table


def _line(name: str, metrics: Metrics, *, bold: bool = False) -> list[Text]:
    values = (metrics.auc, metrics.ndcg_at_10, metrics.logloss, metrics.rmse)
    words = [NOT_MEASURED if value is None else f"{value:.3f}" for value in values]
    return [Text(one_line(word), style="bold" if bold else "") for word in (name, *words)]
