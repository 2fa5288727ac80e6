from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button

from musicrec_core.app.facade import MusicRec
from musicrec_core.errors import NewerStoreError
from musicrec_tui.application import MusicRecApp
from musicrec_tui.screens.first_run.welcome import WelcomeScreen
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.widgets.folder_input import PathBox
from tests.conftest import Command
from tests.tui.screens import Driven, opened, with_picks


async def asked(driven: Driven) -> PathBox:
    await driven.until(lambda: isinstance(driven.app.screen, WelcomeScreen))
    box = driven.app.screen.query_one(PathBox)
    box.value = ""
    return box


async def test_the_first_run_asks_for_the_music_folder(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as driven:
        await asked(driven)
        await driven.shows("Which folder holds your music?")
        assert driven.app.focused is driven.app.screen.query_one(PathBox)


async def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as driven:
        (await asked(driven)).value = str(tmp_path / "nowhere")
        await driven.press("enter")
        await driven.until(lambda: "There is no folder" in driven.text)
        assert isinstance(driven.app.screen, WelcomeScreen)


async def test_a_folder_without_music_leads_back_to_the_question_with_the_reason(
    tmp_path: Path,
) -> None:
    (tmp_path / "empty").mkdir()
    async with opened(tmp_path / "home") as driven:
        (await asked(driven)).value = str(tmp_path / "empty")
        await driven.press("enter")
        await driven.until(lambda: "holds no audio file" in driven.text)
        assert isinstance(driven.app.screen, WelcomeScreen)
        assert driven.app.screen.query_one(PathBox).value == str(tmp_path / "empty")


async def test_tab_completes_the_folder(tmp_path: Path) -> None:
    (tmp_path / "My Music").mkdir()
    async with opened(tmp_path / "home") as driven:
        box = await asked(driven)
        box.value = str(tmp_path / "My")
        await driven.press("tab")
        assert box.value == f"{tmp_path}/My Music/"


async def test_a_folder_with_music_is_scanned_and_picks_appear(
    tmp_path: Path, music: Callable[[], Path]
) -> None:
    folder = music()
    async with opened(tmp_path / "home") as driven:
        (await asked(driven)).value = str(folder)
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, MainScreen))
        await driven.until(lambda: len(driven.picks) == 10)
        await driven.until(lambda: driven.main.job_bar.job is None)
        await driven.until(lambda: any("10 songs found, 10 new" in line for line in driven.said))
        await driven.until(lambda: "10 of 10 songs heard" in driven.text)


async def test_the_demo_is_made_in_a_home_of_its_own(
    tmp_path: Path, music: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_library(folder: Path, progress: object = None) -> int:
        folder.parent.mkdir(parents=True, exist_ok=True)
        music().rename(folder)
        return 10

    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("musicrec_core.demo.build_library", build_library)
    async with opened(tmp_path / "home") as driven:
        await asked(driven)
        await driven.press("ctrl+t")
        await driven.until(lambda: isinstance(driven.app.screen, MainScreen))
        await driven.until(lambda: len(driven.picks) == 10)
        await driven.press("l")
        await driven.until(lambda: any("Liked" in line for line in driven.said))
        await driven.press("escape")
        await driven.until(lambda: driven.main.job_bar.job is None)
    with MusicRec(home=tmp_path / "home") as own:
        assert own.status().tracks == 0
        assert own.status().feedback["like"] == 0
    with MusicRec(home=tmp_path / "home" / "demo") as demo:
        assert demo.status().feedback["like"] == 1


async def test_the_buttons_can_be_reached_by_keys_and_by_the_mouse(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as driven:
        await asked(driven)
        await driven.press("tab")
        assert isinstance(driven.app.focused, Button)
        await driven.pilot.click("#scan")
        await driven.until(lambda: "Type the folder that holds your music" in driven.text)


async def test_escape_quits_the_first_run(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as driven:
        await asked(driven)
        await driven.press("escape")
        await driven.until(lambda: not driven.app.is_running or driven.app._exit)


async def test_a_database_of_a_newer_version_ends_in_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(musicrec: MusicRec) -> None:
        raise NewerStoreError("this database was written by a newer version")

    monkeypatch.setattr(MusicRec, "status", status)
    app = MusicRecApp(home=tmp_path / "home")
    async with app.run_test():
        await app.workers.wait_for_complete()
    assert isinstance(app.failure, NewerStoreError)


async def test_a_list_that_comes_while_the_screen_goes_is_for_nobody(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        main, seen = driven.main, driven.main.library_watch.seen
        assert seen is not None
        await main.pages.remove_children()
        assert main.gone
        main._show(seen, ())
