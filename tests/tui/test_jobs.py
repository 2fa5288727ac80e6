import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.facade.library import LibraryPart
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.errors import LibraryError
from musicrec_core.model_records import Metrics, TrainReport
from musicrec_core.records import Progress, ScanReport
from musicrec_tui import jobs
from musicrec_tui.screens.dialogs.add_folder import AddFolderScreen
from musicrec_tui.screens.dialogs.help import HelpScreen, key_groups
from musicrec_tui.screens.dialogs.result import ResultScreen, of_taste
from musicrec_tui.screens.key_list import named
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.screens.paged import PagedScreen
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.screens.working import WorkScreen
from musicrec_tui.widgets.folder_input import PathBox
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.virtual_table import VirtualTable
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import with_picks


class Held:
    """A job that waits until a test lets it go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, musicrec: MusicRec, report: OnProgress, stop: Cancelled) -> ScanReport:
        report(Progress("listening", 3, 12))
        while not self.go_on.wait(0.01) and not stop():
            pass
        return ScanReport(found=12, new=2, analysed=3)


async def test_a_running_job_shows_how_far_it_is_and_escape_stops_it(musicrec: Command) -> None:
    held = Held()
    async with with_picks(musicrec.home) as driven:
        driven.main.run_job(jobs.Job("Scan", held))
        await driven.shows("3 of 12", "Scan: listening", "esc stops")
        await driven.press("escape")
        await driven.until(lambda: any(line.startswith("Stopped") for line in driven.said))
        await driven.until(lambda: driven.main.job_bar.job is None)
        await driven.until(lambda: not driven.main.job_bar.display)


async def test_the_lists_can_be_used_while_a_job_runs(musicrec: Command) -> None:
    held = Held()
    async with with_picks(musicrec.home) as driven:
        driven.main.run_job(jobs.Job("Scan", held))
        await driven.press("j", "l")
        await driven.until(lambda: any("Liked" in line for line in driven.said))
        held.go_on.set()
        await driven.until(lambda: driven.main.job_bar.job is None)


async def test_one_job_runs_at_a_time(musicrec: Command) -> None:
    held = Held()
    async with with_picks(musicrec.home) as driven:
        driven.main.run_job(jobs.Job("Scan", held))
        await driven.press("r")
        await driven.until(lambda: any("still running" in line for line in driven.said))
        held.go_on.set()
        await driven.until(lambda: driven.main.job_bar.job is None)


async def test_quitting_stops_a_job(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        driven.main.run_job(jobs.Job("Scan", Held()))
        await driven.until(lambda: "3 of 12" in driven.text)
        await driven.press("q")


async def test_s_finds_songs_that_are_new_on_disk(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    async with with_picks(fresh.home) as driven:
        write_tone(folder / "more.wav", seconds=4.0, freq=700, tags={"title": "Newcomer"})
        await driven.press("s")
        await driven.until(lambda: len(driven.picks) == 11)  # while it still listens
        await driven.press("escape")
        await driven.until(lambda: any("11 songs found, 1 new" in line for line in driven.said))
        await driven.press("2")
        await driven.until(lambda: "Newcomer" in driven.text)


async def test_a_scan_that_fails_is_one_line_and_the_library_stays(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(*_: object, **__: object) -> None:
        raise LibraryError("the drive is away")

    monkeypatch.setattr(LibraryPart, "scan", scan)
    async with with_picks(musicrec.home) as driven:
        await driven.press("s")
        await driven.until(lambda: "the drive is away" in driven.said)
        assert len(driven.picks) == 10


async def test_a_folder_can_be_added(musicrec: Command, tmp_path: Path) -> None:
    write_tone(tmp_path / "other" / "song.wav", seconds=4.0, freq=700, tags={"title": "Other"})
    async with with_picks(musicrec.home) as driven:
        await driven.press("F")
        await driven.until(lambda: isinstance(driven.app.screen, AddFolderScreen))
        driven.app.screen.query_one(PathBox).value = str(tmp_path / "nowhere")
        await driven.press("enter")
        await driven.until(lambda: "There is no folder" in driven.text)
        driven.app.screen.query_one(PathBox).value = str(tmp_path / "other")
        await driven.press("enter")
        await driven.until(lambda: len(driven.picks) == 11)
        await driven.until(lambda: driven.main.job_bar.job is None)


async def test_retraining_with_little_feedback_says_why_nothing_changed(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("r")
        await driven.until(lambda: isinstance(driven.app.screen, ResultScreen))
        await driven.until(lambda: "The model stays as it is" in driven.text)
        await driven.press("escape")
        await driven.until(lambda: driven.app.screen is driven.main)


async def test_a_training_is_told_in_a_plain_sentence_and_its_figures_on_demand(
    musicrec: Command,
) -> None:
    report = TrainReport(
        promoted=True,
        version="p-7",
        reason="AUC rose from 0.700 to 0.800 on held-out feedback",
        candidate=Metrics(0.8, 0.9, 0.5, None),
        current=Metrics(0.7, 0.6, 0.65, None),
        baselines={"logistic_regression": Metrics(0.75, 0.61, 0.55, 1.25)},
        feedback=24,
        seconds=3.2,
    )
    async with with_picks(musicrec.home, size=(80, 24)) as driven:
        driven.app.push_screen(ResultScreen(of_taste(report)))
        await driven.shows("New model p-7", "foretells your likes and dislikes better")
        assert "AUC" not in driven.text
        await driven.press("m")
        figures = ("0.800", "0.700", "0.610", "1.250", "–")
        await driven.shows(report.reason, "logistic regression", *figures)


def bindings_of(owner: type[DOMNode]) -> list[Binding]:
    return [binding for binding in vars(owner).get("BINDINGS", []) if isinstance(binding, Binding)]


async def test_the_help_lists_every_key(musicrec: Command) -> None:
    owners = (MainScreen, PagedScreen, WorkScreen, Listening, SongPage, VirtualTable)
    pages = tuple(spec.load() for spec in PAGES)
    listed = {key for _, lines in key_groups({}) for keys, _ in lines for key in keys.split()}
    for binding in (binding for owner in (*owners, *pages) for binding in bindings_of(owner)):
        for key in binding.key.split(","):
            assert named(key) in listed, binding
    async with with_picks(musicrec.home) as driven:
        await driven.press("question_mark")
        await driven.until(lambda: isinstance(driven.app.screen, HelpScreen))
        await driven.until(lambda: "like the highlighted song" in driven.text)
        await driven.press("question_mark")
        await driven.until(lambda: driven.app.screen is driven.main)


async def test_a_library_whose_files_are_gone_still_opens(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    shutil.rmtree(folder)
    async with with_picks(fresh.home) as driven:
        await driven.press("s")
        await driven.until(lambda: driven.main.job_bar.job is None and driven.said)
        await driven.until(lambda: driven.main.query_one(JobBar).display is False)


async def test_the_ears_are_taught_from_the_screens_too(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("R")
        await driven.shows("The ears stay as they are")
        await driven.until(lambda: driven.main.job_bar.job is None)
