"""The app on a real library, driven by keys; and a player that tests wind on by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from musicrec_core.app.facade import MusicRec
from musicrec_core.players import Player, PlayerSound, Playing
from musicrec_core.records import Feedback
from musicrec_tui.application import MusicRecApp
from musicrec_tui.screens.library.page import Library
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.widgets.reasons import ReasonsPanel

PATIENCE_STEPS = 1500  # of 20 ms; only a failing test waits that long


def _parse_each_stylesheet_once() -> None:
    """All apps of a process have the same styles, which take a tenth of a test to read."""
    parse, parsed = Stylesheet._parse_rules, {}

    def parse_once(self: Stylesheet, css: str, **origin: Any) -> list[RuleSet]:
        key = (css, *sorted(origin.items()), *self._variables.items())
        if key not in parsed:
            parsed[key] = parse(self, css, **origin)
        return parsed[key]

    Stylesheet._parse_rules = parse_once  # type: ignore[method-assign]


_parse_each_stylesheet_once()


async def eventually(condition: Callable[[], object]) -> None:
    """Wait for what threads bring about after the app is closed."""
    for _ in range(PATIENCE_STEPS):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("never came true")


class Told(MusicRecApp):
    """Remembers the lines of its corner, which fade after a few seconds."""

    def __init__(self, home: Path, player: Player | None) -> None:
        super().__init__(home=home, find_player=lambda: player)
        self.said: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        self.said.append(message)
        super().notify(message, **options)


class Driven:
    """An app and the questions that tests ask of it."""

    def __init__(self, app: Told, pilot: Pilot[None], home: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.home = home

    @property
    def main(self) -> MainScreen:
        result = next((s for s in self.app.screen_stack if isinstance(s, MainScreen)), None)
        assert result is not None
        return result

    @property
    def picks(self) -> list[int]:
        return self.main.for_you.ids

    @property
    def library(self) -> Library:
        return self.main.page("library", Library)

    @property
    def on_library(self) -> bool:
        """Whether that page is open and has a song under its cursor."""
        return self.main.shown_id == "library" and self.library.current is not None

    @property
    def said(self) -> list[str]:
        """Every line that has appeared in the corner."""
        return self.app.said

    @property
    def text(self) -> str:
        """What is on the screen, lines joined."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    @property
    def reasons(self) -> str:
        panel = self.main.for_you.query_one(ReasonsPanel)
        return "\n".join(strip.text for strip in panel.query_one("#reasons-list").render_lines(
            panel.query_one("#reasons-list").size.region))  # fmt: skip

    def feedback(self) -> list[Feedback]:
        """Every event in the store, undone ones too."""
        with MusicRec(home=self.home) as musicrec:
            store = musicrec._context.store
            return [
                Feedback(
                    s.id, store.tracks.track_of(s.identity), s.kind, s.value, s.at_s, s.source,
                    s.undoes,
                )
                for s in store.feedback.statements()
            ]  # fmt: skip

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)

    async def shows(self, *texts: str) -> None:
        """Wait until all of these are on the screen, which is drawn after its state changed."""

        def shown() -> bool:
            screen = self.text
            return all(text in screen for text in texts)

        await self.until(shown)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for what threads bring about."""
        for _ in range(PATIENCE_STEPS):
            await self.pilot.pause()
            if condition():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"never came true; on the screen:\n{self.text}\n{self.said}")


class FakePlayer:
    """Plays nothing; `wind` says where playback stands."""

    def __init__(self) -> None:
        self.played: list[str] = []
        self.state = Playing("stopped")
        self.closed = False
        self.follows: str | None = None
        self.sounds: list[PlayerSound] = []

    def play(self, path: str, start_s: float = 0.0) -> None:
        self.played.append(path)
        self.state = Playing("playing", start_s, 100.0)

    def follow(self, path: str | None) -> None:
        self.follows = path
        self.state = replace(self.state, handed_over=False)

    def seek(self, position_s: float) -> None:
        self.state = replace(self.state, position_s=position_s)

    def sound(self, sound: PlayerSound) -> None:
        self.sounds.append(sound)

    def toggle(self) -> None:
        now = self.state
        self.state = Playing(
            "playing" if now.state == "paused" else "paused", now.position_s, now.duration_s
        )

    def stop(self) -> None:
        self.state = Playing("stopped")

    def now(self) -> Playing:
        return self.state

    def close(self) -> None:
        self.closed = True

    def hand_over(self) -> None:
        """The song came to its end, and what was to follow plays."""
        self.state = Playing("playing", 0.0, 100.0, handed_over=True)

    def wind(self, state: str, position_s: float) -> None:
        self.state = Playing(state, position_s, 100.0)  # type: ignore[arg-type]


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int] = (100, 30), player: Player | None = None
) -> AsyncIterator[Driven]:
    """The app, as `musicrec` opens it."""
    app = Told(home, player)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Driven(app, pilot, home)


@asynccontextmanager
async def with_picks(
    home: Path, size: tuple[int, int] = (100, 30), player: Player | None = None
) -> AsyncIterator[Driven]:
    """The app once its list is there."""
    async with opened(home, size, player) as driven:
        await driven.until(
            lambda: (
                isinstance(driven.app.screen, MainScreen)
                and driven.main.for_you.query("#picks")  # the view may not have filled itself yet
                and driven.main.for_you.current
            )
        )
        yield driven
