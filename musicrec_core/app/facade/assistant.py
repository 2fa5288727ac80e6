"""What the person says in words. Imported only when asked for: its models are not loaded before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from musicrec_core.app.facade.part import FacadePart

if TYPE_CHECKING:
    from musicrec_core.app.assistant.records import TalkAnswer, TalkShown
    from musicrec_core.app.results import PlayerNow
    from musicrec_core.language.records import Understanding


class AssistantPart(FacadePart):
    """Requests in words."""

    __slots__ = ()

    def understand(self, utterances: Iterable[str]) -> Iterator[Understanding]:
        """What each utterance asks for; nothing is done. Any text has an answer."""
        from musicrec_core.app.assistant import understand

        return understand.understand(self._context, utterances)

    def respond(
        self,
        utterance: str,
        confirm: Callable[[str], bool],
        player: Callable[[], PlayerNow | None] = lambda: None,
    ) -> TalkAnswer:
        """Do what an utterance asks for, in the talk of this profile; any text has an answer.

        confirm: asked a question before more than a handful of songs goes. player: asked where the
        utterance is for a player; where there is one, the front end does what `Reply.player` says.
        """
        from musicrec_core.app.assistant import respond

        return respond.respond(self._context, utterance, confirm, player)

    def drop(self, words: str) -> TalkAnswer:
        """Make the last list anew, without the constraint that was read from these words."""
        from musicrec_core.app.assistant import respond

        return respond.drop(self._context, words)

    def state(self) -> TalkShown:
        """How the talk of this profile stands."""
        from musicrec_core.app.assistant import talk

        return talk.shown(self._context)

    def forget(self) -> None:
        """Begin the talk anew; what was done stays, and can still be undone."""
        from musicrec_core.app.assistant import talk

        talk.forget(self._context)
