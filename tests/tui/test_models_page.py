"""Models: versions by keys."""

from __future__ import annotations

import threading

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.model_records import Metrics, TrainReport
from musicrec_core.records import Progress
from musicrec_tui import jobs
from musicrec_tui.screens.models.page import ModelsPage
from musicrec_tui.screens.models.training import TrainingPlot, verdict
from musicrec_tui.widgets.line_plot import BRAILLE, line_plot
from tests.conftest import Command
from tests.support.models import described
from tests.tui.screens import with_picks


async def test_the_versions_are_listed_and_the_one_in_use_is_marked(musicrec: Command) -> None:
    (only,) = musicrec.json("models", "list")["models"]
    async with with_picks(musicrec.home) as driven:
        await driven.press("9")
        await driven.shows(only["version"], "✓", "In use.")
        await driven.press("enter")
        await driven.until(lambda: "This version is in use" in driven.said)


async def test_another_version_is_used_after_a_question(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as core:
        registry = core._context.registry
        registry.add(registry.bundled(), described(feedback=10))
        versions = core.models.versions()
    at, other = next((i, v) for i, v in enumerate(versions) if not v.current)
    async with with_picks(musicrec.home) as driven:
        await driven.press("9")
        await driven.shows(other.version)
        await driven.press(*["j"] * at, *["g"] * (not at), "v")
        await driven.shows(f"Use {other.version} from now on?")
        await driven.press("y")
        await driven.until(lambda: musicrec.json("models", "show", other.version)["current"])


class Rounds:
    """A training that tells the losses of its rounds and waits to be let go on."""

    def __init__(self, losses: list[tuple[float, float]]) -> None:
        self.losses = losses
        self.go_on = threading.Event()

    def __call__(self, musicrec: MusicRec, report: OnProgress, stop: Cancelled) -> TrainReport:
        for done, pair in enumerate(self.losses, start=1):
            report(Progress("training", done, 20, losses=pair))
        while not self.go_on.wait(0.01) and not stop():
            pass
        return TrainReport(False, "v", "stopped", Metrics(), Metrics(), {}, 3)


async def test_a_training_shows_its_loss_and_is_stopped(musicrec: Command) -> None:
    rounds = Rounds([(0.7, 0.6), (0.6, 0.6), (0.5, 0.6)])
    async with with_picks(musicrec.home) as driven:
        await driven.press("9")
        await driven.shows("Version")
        assert not driven.main.page("models", ModelsPage).query_one(TrainingPlot).display
        driven.main.run_job(jobs.Job(jobs.RETRAIN, rounds, False))
        await driven.shows("Round 3 of 20", "does better", "0.700", "0.500", "╌╌ in use")
        await driven.press("escape")
        await driven.until(lambda: driven.main.job_bar.job is None)
        await driven.shows("The training is over.")
        assert any("Training stopped" in line for line in driven.said)


def test_what_is_said_of_a_loss_goes_by_its_last_round() -> None:
    assert "worse" in verdict([(0.5, 0.6), (0.7, 0.6)])
    assert "as well" in verdict([(0.7, 0.6), (0.601, 0.6)])


@pytest.mark.parametrize("lines", [[[1.0, 2.0, 3.0]], [[0.5], [0.5]], [[1.0] * 4, [2.0] * 4]])
def test_a_line_plot_fills_its_size_and_names_both_ends(lines: list[list[float]]) -> None:
    rows = line_plot(lines, 40, 5)
    assert [len(row) for row in rows] == [40] * 5
    values = [value for line in lines for value in line]
    assert f"{max(values):.3f}" in rows[0]
    assert f"{min(values):.3f}" in rows[-1]
    assert any(ord(character) > BRAILLE for row in rows for character in row)
