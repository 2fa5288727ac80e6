"""Where the parts of every page stand at three sizes, as recorded in layouts/.

Remake them after a change that is meant: LAYOUTS=write, then look at what the commit shows.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widget import Widget

from musicrec_tui.screens.pages import PAGES
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks

RECORDED = Path(__file__).parent / "layouts"
SIZES = ((80, 24), (120, 40), (200, 60))


def layout(driven: Driven, width: int, height: int) -> str:
    """A line for every part with a name that is on show; what its content decides is `auto`."""
    lines = [f"{width}x{height}"]
    for widget in driven.app.screen.walk_children(Widget):
        if widget.id and widget.region.area and widget.is_on_screen:
            region, styles = widget.region, widget.styles
            wide = "auto" if styles.width and styles.width.is_auto else region.width
            high = "auto" if styles.height and styles.height.is_auto else region.height
            depth = len(list(widget.ancestors)) - 2
            lines.append(f"{'  ' * depth}{widget.id} {wide}x{high}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", [page.id for page in PAGES])
async def test_every_part_of_a_page_stands_where_it_was_recorded(
    musicrec: Command, page: str
) -> None:
    drawn = ""
    for width, height in SIZES:
        async with with_picks(musicrec.home, (width, height), FakePlayer()) as driven:
            await driven.main.open_page(page)
            # What a page reads decides which of its parts are there.
            await driven.until(lambda driven=driven: all(w.is_finished for w in driven.app.workers))
            await driven.pilot.pause()
            view = driven.main.view
            assert view.id == page
            # Nothing stands beyond the edge, and the keys have somewhere to go.
            for widget in view.walk_children(Widget):
                if widget.is_on_screen and widget.region.area:
                    assert widget.region.right <= width, widget
            assert driven.app.focused is not None, page
            drawn += layout(driven, width, height)
    file = RECORDED / f"{page}.txt"
    if os.environ.get("LAYOUTS") == "write":
        RECORDED.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert file.is_file(), f"{page} has no record: see the top of this file"
    assert drawn == file.read_text(encoding="utf-8")
