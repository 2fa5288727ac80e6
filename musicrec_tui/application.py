"""The terminal screens: which one comes first, and how they follow each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from musicrec_core import paths
from musicrec_core.errors import MusicRecError
from musicrec_core.players import Player, find_player
from musicrec_tui import jobs, settings, themes
from musicrec_tui.screens.first_run.choices import DemoLibrary
from musicrec_tui.screens.first_run.welcome import WelcomeScreen
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.session import FacadeThread, Session

STYLESHEET = Path(__file__).with_name("musicrec.tcss")


class MusicRecApp(App[None]):
    """musicrec in a terminal."""

    TITLE = "musicrec"
    CSS_PATH = STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "toggle_theme", "Light or dark", show=False),
    ]

    def __init__(
        self,
        profile: str = "default",
        home: Path | None = None,
        find_player: Callable[[], Player | None] = find_player,
    ) -> None:
        super().__init__()
        self.failure: MusicRecError | None = None
        self._session = Session(profile, home)
        self._find_player = find_player
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self.theme = themes.preferred(settings.theme(home))

    def on_mount(self) -> None:
        """Look whether there is a library."""
        self._begin()

    @work
    async def _begin(self) -> None:
        thread = FacadeThread(self._session)
        try:
            status = await thread.ask(lambda m: m.status())
        except MusicRecError as error:
            self.failure = error
            self.exit()
            return
        finally:
            thread.close()
        if status.tracks or status.roots:
            self.push_screen(MainScreen(self._session, self._find_player()))
        else:
            await self._first_run()

    async def _first_run(self) -> None:
        """Ask until a folder with music is named; the demo has a home of its own."""
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
            trouble = await self.push_screen_wait(MainScreen(session, self._find_player(), job))

    def action_toggle_theme(self) -> None:
        """Change between light and dark, for this time and the next ones."""
        self.theme = themes.LIGHT.name if self.current_theme.dark else themes.DARK.name
        settings.remember_theme(self._session.home, self.theme)


def run(profile: str = "default", home: Path | None = None) -> None:
    """Open the screens; raises MusicRecError when the library cannot be opened at all."""
    app = MusicRecApp(profile, home)
    app.run()
    if app.failure:
        raise app.failure
