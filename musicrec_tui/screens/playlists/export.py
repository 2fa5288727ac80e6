"""Writes a list to a file that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from musicrec_core.records import Track
from musicrec_tui import folders
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.dialogs.enter_text import EnterTextScreen
from musicrec_tui.screens.page import Page


async def export(page: Page, name: str, tracks: Sequence[Track]) -> None:
    """Ask where to, and before a file is replaced once more."""
    usual = Path(folders.usual()) / f"{name.replace('/', '-')}.m3u8"
    asked = EnterTextScreen(f"Export {name} to", str(usual), done="writes it")
    text = await page.app.push_screen_wait(asked)
    if not text:
        return
    file = Path(text).expanduser()
    question = f"Replace {file}? There is a file of that name."
    if file.exists() and not await page.app.push_screen_wait(ConfirmScreen(question)):
        return
    with notify_errors(page):
        await page.context.desk.ask(lambda m: m.playlists.write_file(file, list(tracks), name))
        tell(page, f"Written: {file}")
