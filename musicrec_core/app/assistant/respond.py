"""An utterance understood, and all that it asks for done in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.app.assistant import follow_ups, plain_commands
from musicrec_core.app.assistant.acts import act, lists
from musicrec_core.app.assistant.records import Reply, TalkAnswer, UnclearError
from musicrec_core.app.assistant.talk import Confirm, FindPlayer, Talk
from musicrec_core.app.assistant.understand import understand
from musicrec_core.errors import ModelError, MusicRecError, QueryError, StoreError
from musicrec_core.language.records import Understanding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.context import Context
    from musicrec_core.language.records import Chip, Request

_BROKEN = (StoreError, ModelError)  # nothing that another utterance would mend


def respond(
    context: Context, utterance: str, confirm: Confirm, player: FindPlayer = lambda: None
) -> TalkAnswer:
    """Do what is asked. Any text has an answer; what is not done is said in it.

    player: looks for a player, when the utterance needs one. confirm: asked before more than a
    handful of songs goes. Each request is one unit of work, and what follows one that could not be
    done is left.
    """
    talk = Talk(context, confirm, player)
    understanding = _understood(talk, utterance)
    replies: list[Reply] = []
    requests = follow_ups.requests(understanding)
    for number, request in enumerate(requests, 1):
        reply = _reply(talk, request, _chips_of(request, understanding, len(requests)))
        replies.append(reply)
        if not reply.done and number < len(requests):
            replies.append(Reply("The rest was not done.", done=False))
            break
    return TalkAnswer(understanding, tuple(replies))


def drop(context: Context, words: str) -> TalkAnswer:
    """Make the list of the talk anew as if these words had not been said."""
    reply = lists.drop(Talk(context, lambda _: False), words)
    return TalkAnswer(Understanding("recommend", 1.0, text=words), (reply,))


def _understood(talk: Talk, utterance: str) -> Understanding:
    """By what the talk and the library make plain; else by the models."""
    plain = plain_commands.read(talk, utterance)
    if plain:
        first, *rest = plain
        return Understanding(first.intent, first.confidence, first.slots, rest, text=first.text)
    follow_up = follow_ups.read(talk, utterance)
    if follow_up:
        return follow_up
    return next(understand(talk.context, [utterance]))


def _reply(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    try:
        return act(talk, request, chips)
    except _BROKEN:
        raise
    except UnclearError as error:
        talk.keep(talk.state.showing(error.tracks) if error.tracks else talk.state)
        return Reply(_sentence(str(error)), done=False, choices=error.tracks)
    except QueryError as error:
        listed = f" {', '.join(error.candidates)}." if error.candidates else ""
        return Reply(_sentence(str(error)) + listed, done=False)
    except MusicRecError as error:
        return Reply(_sentence(str(error)), done=False)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.?:!' else '.'}"


def _chips_of(request: Request, understanding: Understanding, requests: int) -> list[Chip]:
    """The constraints that stand in the words of a request."""
    if requests == 1:
        return list(understanding.chips)
    return [chip for chip in understanding.chips if chip.text in request.text]
