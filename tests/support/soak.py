"""Random keys, clicks and resizes over all pages: nothing may fail, nothing may grow."""

from __future__ import annotations

import gc
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import OutOfBounds
from textual.widget import Widget

from musicrec_tui.screens.main import MainScreen
from musicrec_tui.screens.pages import PAGES
from tests.tui.screens import Driven, FakePlayer, with_picks

SIZES = ((80, 24), (120, 40), (200, 60), (40, 10), (300, 100), (20, 5), (100, 30))
KEYS = (
    *(spec.key for spec in PAGES), "tab", "shift+tab", "up", "down", "left", "right", "enter",
    "escape", "space", "backspace", "delete", "pageup", "pagedown", "home", "end", "slash", "colon",
    "question_mark", "ctrl+z", "ctrl+y", "plus", "minus", "f5",
    *"abcdefghijklmnoptuvwxyzABCDEGHIJKLMNOPTUVWXYZ",
)  # fmt: skip
"""All but those that quit or begin long work."""
LEAST_SIZE = (40, 10)  # below it a focused line may be out of view


class Soak:
    """Draws its steps from a seed, so that what fails can be looked at again."""

    def __init__(self, driven: Driven, seed: int) -> None:
        self._driven = driven
        self._random = random.Random(seed)
        self.steps: list[str] = []

    async def step(self) -> None:
        """A key, a click or another size."""
        act, name = self._drawn()
        self.steps.append(name)
        await act()
        await self._go_on()

    def _drawn(self) -> tuple[Callable[[], Awaitable[object]], str]:
        pilot, drawn = self._driven.pilot, self._random.random()
        if drawn < 0.03:
            size = self._random.choice(SIZES)
            return lambda: pilot.resize_terminal(*size), f"size {size}"
        if drawn < 0.2:
            width, height = self._driven.app.size
            at = (self._random.randrange(width), self._random.randrange(height))
            return lambda: self._click(at), f"click {at}"
        key = self._random.choice(KEYS)
        return lambda: pilot.press(key), key

    async def _click(self, at: tuple[int, int]) -> None:
        try:
            await self._driven.pilot.click(offset=at)
        except OutOfBounds:  # the terminal became smaller meanwhile
            return

    async def _go_on(self) -> None:
        """What was opened closes again now and then, so that all pages have their turn."""
        if not isinstance(self._driven.app.screen, MainScreen) and self._random.random() < 0.3:
            await self._driven.press("escape")

    @property
    def focus_is_seen(self) -> bool:
        """Whether a part of the page on show has the keys and stands on the screen."""
        focused, size = self._driven.app.focused, self._driven.app.size
        if size.width < LEAST_SIZE[0] or size.height < LEAST_SIZE[1]:
            return True
        return focused is not None and focused.display and bool(focused.region.area)


async def _stay() -> None:
    """Not yet."""


def widgets_alive() -> int:
    """How many parts of screens are in memory."""
    gc.collect()
    # By type: other objects answer `isinstance` with warnings of their own.
    return sum(issubclass(type(thing), Widget) for thing in gc.get_objects())


async def soak(home: Path, seed: int, steps: int, every: int = 100) -> list[int]:
    """Widgets alive after each `every` steps; raises what failed, with the steps that led there."""
    alive = []
    async with with_picks(home, player=FakePlayer()) as driven:
        for spec in PAGES:
            await driven.press("escape", spec.key)
            await driven.until(lambda spec=spec: driven.main.shown_id == spec.id)
        driven.app.action_quit = _stay  # a click may find it at the foot of the screen
        walk = Soak(driven, seed)
        for number in range(1, steps + 1):
            await walk.step()
            if not driven.app.is_running:
                raise AssertionError(f"it ended after {walk.steps[-20:]}")
            if number % every == 0:
                for _ in range(4):
                    await driven.press("escape")
                await driven.pilot.pause()
                assert walk.focus_is_seen, (driven.app.focused, walk.steps[-20:])
                alive.append(widgets_alive())
    return alive
