"""Last.fm on and off: a key that is typed unseen, and is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.dialogs.enter_text import EnterTextScreen
from musicrec_tui.session import FacadeThread

if TYPE_CHECKING:
    from musicrec_tui.screens.page import Page

OFF = "Turn Last.fm off and forget the key? What it said is kept."


async def switch(page: Page, *, on: bool) -> None:
    """From on to off after a question, for the key is forgotten; from off to on with a key."""
    thread = FacadeThread(page.context.session)  # the key is tried, which may take a while
    try:
        with notify_errors(page):
            await (_turn_off if on else _turn_on)(page, thread)
    finally:
        thread.close()


async def _turn_off(page: Page, thread: FacadeThread) -> None:
    if await page.app.push_screen_wait(ConfirmScreen(OFF)):
        await thread.ask(lambda m: m.services.logout())
        tell(page, "Last.fm is off: no connection is opened")


async def _turn_on(page: Page, thread: FacadeThread) -> None:
    key = await page.app.push_screen_wait(
        EnterTextScreen("Your API key of Last.fm", done="goes on", secret=True)
    )
    if key is None:
        return
    user = await page.app.push_screen_wait(
        EnterTextScreen("Your name there, for your plays; none is fine", done="turns it on")
    )
    account = await thread.ask(lambda m: m.services.login(key, user))
    tell(page, account.warning or f"Last.fm is on: {account.server} answered")
