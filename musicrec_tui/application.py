"""The terminal screens: which one comes first, and how they follow each other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from musicrec_core import __version__, paths
from musicrec_core.errors import MusicRecError
from musicrec_tui import keys, settings, themes
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.past_message import PastMessage

if TYPE_CHECKING:
    from textual.command import Provider

    from musicrec_core.players import Player
    from musicrec_core.records import Progress
    from musicrec_tui.jobs import Job
    from musicrec_tui.screens.main import MainScreen

STYLESHEET = Path(__file__).with_name("musicrec.tcss")
MAIN_SCREEN = "musicrec_tui.screens.main"
MESSAGES_KEPT = 200
OPENED = "opened_with_music"
"""The setting that says by which version, whose database needs no upgrade."""


def palette_commands() -> type[Provider]:
    """The commands of the palette, imported when it is first opened."""
    from musicrec_tui.screens.palette import ActionCommands

    return ActionCommands


def chosen_player(home: Path | None) -> Player | None:
    """The player that was chosen; where it is not here, or none was, the first that is."""
    from musicrec_core.players import find_player

    return find_player(settings.text(home, "player") or "") or find_player()


class MusicRecApp(App[None]):
    """musicrec in a terminal."""

    TITLE = "musicrec"
    CSS_PATH = STYLESHEET
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {palette_commands}

    def __init__(
        self,
        profile: str = "default",
        home: Path | None = None,
        find_player: Callable[[], Player | None] | None = None,
    ) -> None:
        super().__init__()
        self.failure: MusicRecError | None = None
        self._session = Session(profile, home)
        self._find_player = find_player or partial(chosen_player, home)
        self.past_messages: deque[PastMessage] = deque(maxlen=MESSAGES_KEPT)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.preferred(settings.text(home, "theme"))
        self.set_keymap(keys.keymap(home))

    def on_mount(self) -> None:
        """Look whether there is a library."""
        self._begin()

    @work
    async def _begin(self) -> None:
        # The screens are imported beside the first look, while the frame is on show already; where
        # there was music last time they do not wait for it.
        coming = asyncio.create_task(asyncio.to_thread(import_module, MAIN_SCREEN))
        known = settings.text(self._session.home, OPENED) == __version__
        if known:
            await coming
            self.push_screen(self._main_screen(self._session))
        thread = FacadeThread(self._session, self._upgrading)
        try:
            status = await thread.ask(lambda m: m.status())
        except MusicRecError as error:
            self.failure = error
            self.exit()
            return
        finally:
            thread.close()
        await coming
        has_music = bool(status.tracks or status.roots)
        if has_music != known:
            settings.remember(self._session.home, OPENED, __version__ if has_music else "")
        if not has_music:
            if known:
                self.pop_screen()
            await self._first_run()
        elif not known:
            self.push_screen(self._main_screen(self._session))

    def _upgrading(self, progress: Progress | None) -> None:
        """In the thread that upgrades, which must not wait for screens that are being closed."""
        self.call_later(self.show_upgrade, progress)

    def show_upgrade(self, progress: Progress | None) -> None:
        """How far the upgrade of an old database is, until the first screen comes."""
        if progress is not None:
            percent = 100 * progress.done // max(1, progress.total)
            line = self.screen_stack[0].query_one("#upgrade", Static)
            line.update(f"{progress.phase}: {percent} %")

    def compose(self) -> ComposeResult:
        """The frame before the first screen, so that something is there at once."""
        with Horizontal(id="top"):
            yield Static("♫ musicrec", id="name", markup=False)
        yield Static(id="upgrade")

    def _main_screen(self, session: Session, first_job: Job | None = None) -> MainScreen:
        from musicrec_tui.screens.main import MainScreen

        return MainScreen(session, self._find_player(), first_job)

    async def _first_run(self) -> None:
        """Ask until a folder with music is named; the demo has a home of its own."""
        from musicrec_tui import jobs
        from musicrec_tui.screens.first_run.choices import DemoLibrary
        from musicrec_tui.screens.first_run.welcome import WelcomeScreen

        folder, trouble = "", ""
        while True:
            choice = await self.push_screen_wait(WelcomeScreen(folder, trouble))
            if choice is None:
                return
            session, job = self._session, jobs.demo()
            if isinstance(choice, DemoLibrary):
                session = Session(session.profile, paths.demo_home())
            else:
                folder, job = choice.path, jobs.scan([choice.path])
            trouble = await self.push_screen_wait(self._main_screen(session, job))

    def notify(self, message: str, **options: Any) -> None:
        """Show a line in the corner, and keep it for the history of messages."""
        severity = options.get("severity", "information")
        self.past_messages.append(PastMessage(time.time(), severity, message))
        super().notify(message, **options)

    def action_next_theme(self) -> None:
        """The next colours, for this time and the next ones."""
        self.action_theme(themes.after(self.theme))

    def action_theme(self, name: str) -> None:
        """These colours, for this time and the next ones."""
        self.theme = name
        settings.remember(self._session.home, "theme", name)

    def action_keys(self, preset: str) -> None:
        """The keys that users of another program know, for this time and the next ones."""
        settings.remember(self._session.home, "keys", preset)
        self.set_keymap(keys.keymap(self._session.home))


def run(profile: str = "default", home: Path | None = None) -> None:
    """Open the screens; raises MusicRecError when the library cannot be opened at all."""
    app = MusicRecApp(profile, home)
    app.run()
    if app.failure:
        raise app.failure
