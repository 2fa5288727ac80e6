"""A talk with one person: where it stands, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from musicrec_core.app.assistant.records import TalkShown, TalkState
from musicrec_core.app.wishes.talk import wish_of

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.app.results import PlayerNow
    from musicrec_core.records import Track
    from musicrec_core.store.talks import StoredAct

Confirm = Callable[[str], bool]
FindPlayer = Callable[[], "PlayerNow | None"]
A_HANDFUL = 5  # songs; before more of them go, or are judged, the person is asked


class Talk:
    """The state of a talk; acts read it and put the next one in its place.

    player: looks for the player of the front end, when one is first needed.
    """

    def __init__(
        self, context: Context, confirm: Confirm, player: FindPlayer = lambda: None
    ) -> None:
        self.context = context
        self.confirm = confirm
        self._find_player = player
        self.state = TalkState.read(context.store.talks.now(context.profile))
        self._utterance = context.store.talks.next_utterance(context.profile)

    @cached_property
    def player(self) -> PlayerNow | None:
        """The player of the front end, and what plays on it."""
        return self._find_player()

    def keep(self, state: TalkState, text: str = "", acts: Sequence[StoredAct] = ()) -> None:
        """Let the talk stand so. With a text it is a step that `undo` takes back, acts and all.

        Called in the unit of work that made the change, so that neither is kept without the other.
        """
        if state == self.state and not text:
            return
        states = (self.state.as_json(), state.as_json())
        now_s = self.context.now_s()
        self.context.store.talks.keep(
            self.context.profile, self._utterance, text, states, acts, now_s
        )
        self.state = state

    def tracks(self, ids: Sequence[int]) -> tuple[Track, ...]:
        """Those songs that the library still knows, in order."""
        by_id = self.context.store.tracks.by_id(ids)
        return tuple(by_id[id_] for id_ in ids if id_ in by_id)

    @property
    def focus(self) -> tuple[Track, ...]:
        """What was spoken of last."""
        return self.tracks(self.state.mentioned[-1]) if self.state.mentioned else ()


def shown(context: Context) -> TalkShown:
    """How the talk of this profile stands."""
    state = TalkState.read(context.store.talks.now(context.profile))
    talk = Talk(context, lambda _: False)
    last = context.store.talks.last(context.profile)
    *before, now = state.turns or (None,)
    earlier = tuple(filter(None, before))
    wish = wish_of(context, now.user, earlier, state.dropped) if now else None
    return TalkShown(
        state.playlist,
        talk.tracks(state.listed),
        talk.focus,
        state.turns,
        tuple(one.chip for one in wish.said) if wish else (),
        state.without,
        talk.tracks(state.like),
        last.text if last else None,
    )


def forget(context: Context) -> None:
    """Begin anew; what was done stays, and can still be taken back."""
    talk = Talk(context, lambda _: False)
    talk.keep(replace(TalkState(), playlist=talk.state.playlist))
