"""What the parts of MusicRec have in common."""

from __future__ import annotations

from musicrec_core.app.context import Context


class FacadePart:
    """One concern of MusicRec.

    Every method raises a MusicRecError with one clear line for what the user can mend.
    """

    __slots__ = ("_context",)

    def __init__(self, context: Context) -> None:
        self._context = context
