"""What the commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beets import ui
from beets.ui import UserError  # type: ignore[attr-defined]  # its home moved; this name stayed

if TYPE_CHECKING:
    from beets.library import Item

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.records import Recommendation

SCORE = "musicrec_score"


def show(item: Item, pick: Recommendation, why: bool) -> None:
    from musicrec_core.text import one_line

    item[SCORE] = pick.score  # for formats that name it; not stored
    ui.print_(format(item))
    if why and pick.explore:
        ui.print_("    chosen to learn from")
    for reason in pick.reasons if why else ():
        ui.print_(f"    {reason.weight:+.2f}  {one_line(reason.text)}")


def undo(musicrec: MusicRec) -> None:
    from musicrec_core.text import one_line

    taken_back = musicrec.feedback.undo_together(source="beets")
    if not taken_back:
        raise UserError("there is nothing to undo")
    for recorded in taken_back:
        ui.print_(f"undone: {recorded.undone} of {one_line(recorded.track.label)}")
