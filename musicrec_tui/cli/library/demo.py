"""demo: musicrec on a small library of synthesised songs, in a home of its own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from musicrec_tui.cli.common import Settings, common_options, echo, print_json
from musicrec_tui.cli.lists.recommend import echo_picks, pick_json
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from musicrec_core.app.results import Recommendations
    from musicrec_core.records import ScanReport


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--no-tui", is_flag=True, help="Stop after printing recommendations.")
@common_options
def demo(settings: Settings, folder: Path | None, no_tui: bool) -> None:
    """Try musicrec on songs that it makes itself.

    They are written once, to FOLDER or the demo's own home; your likes there never mix with yours.
    """
    from musicrec_core import paths

    home = paths.demo_home()
    report = _prepare(settings, folder or home / "music", home)
    if settings.as_json or no_tui:
        with settings.open(home) as musicrec:
            from musicrec_core.app.lists.request import ListRequest

            _show(settings, report, musicrec.lists.recommend(ListRequest(10)))
        return
    from musicrec_tui.application import run

    run(settings.profile, home)


def _prepare(settings: Settings, folder: Path, home: Path) -> ScanReport:
    from musicrec_core.demo import build_library, is_complete

    if not is_complete(folder):
        echo(f"writing the demo's songs to {folder}: about a minute, this once", err=True)
    with ProgressLine() as progress:
        build_library(folder, progress)
        with settings.open(home) as musicrec:
            return musicrec.library.scan([str(folder)], progress=progress)


def _show(settings: Settings, report: ScanReport, picks: Recommendations) -> None:
    if settings.as_json:
        print_json({
            "scan": asdict(report),
            "model": picks.model,
            "tracks": [pick_json(pick) for pick in picks.picks],
        })  # fmt: skip
        return
    echo(f"{report.found} songs, {report.analysed} listened to in {report.seconds:.1f} s")
    echo_picks(picks.picks)


COMMANDS = (demo,)
