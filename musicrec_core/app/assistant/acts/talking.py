"""undo, help, none: the talk itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.assistant.records import PLAYER_ACTS, Reply, TalkChange, TalkState
from musicrec_core.app.feedback import record
from musicrec_core.app.playlists import edit
from musicrec_core.errors import MusicRecError
from musicrec_core.folding import fold

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.store.talks import StoredAct, StoredTurn

EXAMPLES = (
    "“calm piano from the 90s, no live versions”, then “something slower”, “not him”, "
    "“add the second to Evening”, “I love this one”, “give it four stars”, “why this one?”, "
    "“what is in Evening?”, “remove the last two”, “undo”"
)
_ALL = re.compile(r"\b(all|both|everything|whole)\b")


def undo(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """Take back the last step, whatever it was; "undo all that" the whole utterance."""
    with talk.context.store.atomic():
        last = talk.context.store.talks.last(talk.context.profile)
        if last is None:
            raise MusicRecError(
                "nothing of this talk is left to undo; `musicrec undo` takes back opinions, "
                "`musicrec playlist undo` changes of playlists"
            )
        steps = [_taken_back(talk, last)]
        if _ALL.search(fold(request.text)):
            while (step := talk.context.store.talks.last(talk.context.profile)) and (
                step.utterance == last.utterance
            ):
                steps.append(_taken_back(talk, step))
    changed = tuple(TalkChange("undo", step.text) for step in steps if step.acts)
    sentence = f"Undone: {'; '.join(step.text for step in steps)}."
    played = [PLAYER_ACTS[id_] for step in steps for kind, id_ in step.acts if kind == "player"]
    if played and talk.player is None:
        return Reply(f"{sentence} No player is here to do that.", True, changed)
    return Reply(sentence, True, changed, player=played[-1] if played else None)


def _taken_back(talk: Talk, step: StoredTurn) -> StoredTurn:
    for act in reversed(step.acts):
        _act_taken_back(talk, act)
    talk.context.store.talks.mark_undone(step.id)
    talk.keep(TalkState.read(step.before))
    return step


def _act_taken_back(talk: Talk, act: StoredAct) -> None:
    """What was taken back elsewhere meanwhile stays so."""
    kind, id_ = act
    if kind == "player":
        return  # the front end does that
    if kind == "playlist":
        edit.take_back(talk.context, id_)
    else:
        record.take_back(talk.context, id_, "cli")


def show_help(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """What can be said."""
    return Reply(f"Say what you want to hear or to change: {EXAMPLES}.")


def none(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """What was not taken for a request about music."""
    return Reply("I did not take that for a request about music. “help” says what can be said.")
