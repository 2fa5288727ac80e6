"""Scan: folders, coverage and the files that could not be read, by keys."""

from __future__ import annotations

from pathlib import Path

from musicrec_tui import jobs
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import Driven, opened, with_picks
from tests.tui.test_jobs import Held


async def on_page(driven: Driven) -> None:
    await driven.press("S")
    await driven.until(lambda: driven.main.shown_id == "scan")


async def with_broken(musicrec: Command, folder: Path) -> Path:
    """A folder scanned besides, with one file that is no song and one that is."""
    write_tone(folder / "good.flac", seconds=1.0, tags={"title": "Good", "artist": "Ann"})
    broken = folder / "broken.flac"
    broken.write_bytes(b"fLaC, but no song")
    musicrec("scan", folder, "--tags-only")
    return broken


async def test_it_says_how_much_is_known_and_in_which_folders(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await on_page(driven)
        await driven.shows("No scan runs.", "10 of 10", "Every file could be read.", "10 files")
        await driven.press("v", "T")
        await driven.until(lambda: any("Every file could" in line for line in driven.said))
        assert any("Only a file" in line for line in driven.said)


async def test_a_running_scan_shows_its_phase_and_is_stopped_and_gone_on(
    musicrec: Command,
) -> None:
    held = Held()
    async with with_picks(musicrec.home) as driven:
        await on_page(driven)
        driven.main.run_job(jobs.Job("Scan", held))
        await driven.shows("Listening, 3 of 12", "esc stops it")
        await driven.press("escape")
        await driven.shows("No scan runs.")
        await driven.press("s")
        await driven.until(lambda: any(line.startswith("Scanned: 10") for line in driven.said))


async def test_a_broken_file_is_told_with_its_reason_and_tried_again(
    musicrec: Command, tmp_path: Path
) -> None:
    broken = await with_broken(musicrec, tmp_path / "more")
    (quarantined,) = musicrec.json("scan", "--tags-only")["failed"]
    async with with_picks(musicrec.home) as driven:
        await on_page(driven)
        await driven.shows("1 could not be read", "✗ broken.flac")
        await driven.press("G")
        await driven.until(lambda: quarantined["reason"] in driven.text.replace("\n", ""))
        write_tone(broken.with_name("ok.flac"), seconds=1.0, tags={"title": "Late"})
        looked = broken.stat()
        broken.write_bytes(broken.with_name("ok.flac").read_bytes())
        broken.with_name("ok.flac").unlink()
        assert broken.stat().st_mtime_ns != looked.st_mtime_ns
        await driven.press("v")
        await driven.shows("Every file could be read.", "2 files")
        await driven.until(lambda: driven.main.job_bar.job is None)


async def test_one_or_all_are_tried_though_they_did_not_change(
    musicrec: Command, tmp_path: Path
) -> None:
    await with_broken(musicrec, tmp_path / "more")
    for keys in (("G", "enter"), ("T",)):
        async with with_picks(musicrec.home) as driven:
            await on_page(driven)
            await driven.shows("broken.flac")
            await driven.press(*keys)
            await driven.until(lambda: any("could not be read" in line for line in driven.said))
            await driven.shows("1 could not be read")


async def test_a_folder_is_scanned_alone_or_forgotten_after_a_question(
    musicrec: Command, tmp_path: Path
) -> None:
    await with_broken(musicrec, tmp_path / "more")
    more = next(i for i, root in enumerate(musicrec.json("status")["roots"]) if "more" in str(root))
    async with with_picks(musicrec.home) as driven:
        await on_page(driven)
        await driven.shows("broken.flac")
        await driven.press(*"j" * more, "enter")
        await driven.until(lambda: any(line.startswith("Scanned: 2") for line in driven.said))
        await driven.press("delete")
        await driven.shows("Your likes are kept.")
        await driven.press("n", "delete")
        await driven.shows("Your likes are kept.")
        await driven.press("y")
        await driven.until(lambda: any(line.startswith("Forgot") for line in driven.said))
        await driven.shows("Every file could be read.")
        await driven.until(lambda: "broken.flac" not in driven.text)
        await driven.press("delete", "escape")
    assert musicrec.json("status")["files"] == 10


async def test_without_a_folder_it_says_what_to_do(fresh: Command, tmp_path: Path) -> None:
    write_tone(tmp_path / "m" / "a.flac", seconds=1.0, tags={"title": "A"})
    fresh("scan", tmp_path / "m", "--tags-only")
    async with opened(fresh.home) as driven:
        await driven.until(lambda: driven.app.screen.query("#pages"))
        await on_page(driven)
        await driven.shows("Still to be heard: 1 song", "s goes on")
        await driven.press("delete", "y")
        await driven.shows("No folder so far. F adds one.")
