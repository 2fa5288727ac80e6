"""Music services on and off: a key that is typed unseen, and is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.dialogs.enter_text import EnterTextScreen
from musicrec_tui.session import FacadeThread

if TYPE_CHECKING:
    from musicrec_core.service_records import ServiceSpec
    from musicrec_tui.screens.page import Page


async def switch(page: Page, spec: ServiceSpec, *, on: bool) -> None:
    """From on to off after a question, for the key is forgotten; from off to on with a key."""
    thread = FacadeThread(page.context.session)  # the key is tried, which may take a while
    try:
        with notify_errors(page):
            await (_turn_off if on else _turn_on)(page, spec, thread)
    finally:
        thread.close()


async def _turn_off(page: Page, spec: ServiceSpec, thread: FacadeThread) -> None:
    question = f"Turn {spec.title} off and forget the key? What it said is kept."
    if await page.app.push_screen_wait(ConfirmScreen(question)):
        await thread.ask(lambda m: m.services.logout(service=spec.name))
        tell(page, f"{spec.title} is off: no connection is opened")


async def _turn_on(page: Page, spec: ServiceSpec, thread: FacadeThread) -> None:
    key = None
    if spec.needs_key:
        key = await page.app.push_screen_wait(
            EnterTextScreen(f"Your {spec.key} of {spec.title}", done="goes on", secret=True)
        )
        if key is None:
            return
    whose = "Your name there, for your plays; none is fine" if spec.answers else (
        f"Your name at {spec.title}, for your plays"
    )  # fmt: skip
    user = await page.app.push_screen_wait(EnterTextScreen(whose, done="turns it on"))
    if user is None and not spec.needs_key:
        return
    account = await thread.ask(lambda m: m.services.login(key, user, service=spec.name))
    tell(page, account.warning or f"{spec.title} is on: {account.server} answered")
