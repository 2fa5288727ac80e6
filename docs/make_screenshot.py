"""Make docs/screenshot.svg: the real screens on the demo library, after a few likes.

    python docs/make_screenshot.py [FOLDER]

FOLDER keeps the demo's songs and home for the next run; without it they are temporary.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library
from musicrec_tui.application import MusicRecApp
from musicrec_tui.screens.main import MainScreen

OUT = Path(__file__).with_name("screenshot.svg")
SIZE = (170, 34)  # wide enough for the reasons beside the list
LIKED = ("Slag Crown", "Cold Furnace", "Salt Version")  # two of metal, one of dub
KEYS = ("j", "j", "j", "l")
WITHIN_STEPS = 3000  # of 20 ms


def prepare(folder: Path) -> Path:
    """Build, scan and like; returns the home. What an earlier run did is not done again."""
    home = folder / "home"
    build_library(folder / "music")
    with MusicRec(home=home) as musicrec:
        musicrec.library.scan([str(folder / "music")])
        while musicrec.feedback.undo():
            pass
        for title in LIKED:
            musicrec.feedback.record(musicrec.library.find(title), "like")
    return home


async def shoot(home: Path) -> str:
    """Open the screens, move down, like a song, and take the picture when the list has moved."""
    app = MusicRecApp(home=home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, MainScreen) and app.screen.for_you.ids)
        await pilot.press(*KEYS)
        await until(pilot, lambda: app.screen.query("Toast"))  # which tells that the list moved
        await pilot.pause(0.5)
        return app.export_screenshot(title="musicrec")


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for what threads bring about."""
    for _ in range(WITHIN_STEPS):
        await pilot.pause(0.02)
        if condition():
            return
    raise TimeoutError("the screens did not get there")


def main() -> None:
    """Write the picture, without the template's fonts from elsewhere."""
    with tempfile.TemporaryDirectory() as temporary:
        home = prepare(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
        picture = asyncio.run(shoot(home))
    picture = re.sub(r"@font-face\s*{[^}]*}\s*", "", picture)
    OUT.write_text(picture, encoding="utf-8")
    sys.stdout.write(f"{OUT.name}: {len(picture) / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
