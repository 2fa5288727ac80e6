"""What the person says in words. Imported only when asked for: its models are not loaded before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from musicrec_core.app.facade.part import FacadePart

if TYPE_CHECKING:
    from musicrec_core.language.records import Understanding


class AssistantPart(FacadePart):
    """Requests in words."""

    __slots__ = ()

    def understand(self, utterances: Iterable[str]) -> Iterator[Understanding]:
        """What each utterance asks for; nothing is done. Any text has an answer."""
        from musicrec_core.app.assistant import understand

        return understand.understand(self._context, utterances)
