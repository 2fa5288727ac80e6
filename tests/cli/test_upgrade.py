"""What a command and the screens say of the upgrade of an old database."""

from pathlib import Path

import pytest
import sqlite_utils
from click.testing import CliRunner

from musicrec_core.errors import UpgradeStopped
from musicrec_core.records import Progress
from musicrec_core.store.migrations import migrations
from musicrec_tui.application import MusicRecApp
from musicrec_tui.cli import cli
from musicrec_tui.cli.common import Settings


@pytest.mark.parametrize(
    ("stop", "kept"), [(UpgradeStopped(), "as it was before"), (KeyboardInterrupt(), "is kept")]
)
def test_a_stopped_command_says_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, stop: KeyboardInterrupt, kept: str
) -> None:
    def interrupted(_: Settings) -> None:
        raise stop

    monkeypatch.setattr(Settings, "open", interrupted)
    run = CliRunner().invoke(cli, ["status"])
    assert run.exit_code == 130
    assert kept in run.stderr
    assert run.stderr.count("\n") == 1


async def test_the_screens_show_how_far_an_upgrade_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_utils.Database(tmp_path / "musicrec.db")
    migrations.apply(database, stop_before="m005_enrichment")
    database.close()
    shown: list[Progress | None] = []
    show = MusicRecApp.show_upgrade

    def noted(app: MusicRecApp, progress: Progress | None) -> None:
        show(app, progress)
        shown.append(progress)

    monkeypatch.setattr(MusicRecApp, "show_upgrade", noted)
    app = MusicRecApp(home=tmp_path, find_player=lambda: None)
    async with app.run_test() as pilot:
        while not shown or shown[-1] is not None or not app.screen.query("PathBox"):
            await pilot.pause(0.01)
    phases = [progress.phase for progress in shown if progress]
    assert set(phases) == {"upgrading the database"}
