"""What is said in answer to a list: "not him", "another one", "not that"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musicrec_core.folding import fold
from musicrec_core.language.records import Chip, Request, Understanding

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk

_POLITE = r"(?:(?:no|ok|okay|yes|and|but|now|please|hm|well) )*"
_WHO = r"(?:him|her|them|(?:that|this) (?:artist|band|singer|group|guy|one))"
_EXCLUDING = re.compile(
    rf"{_POLITE}(?:not|no more of|nothing (?:by|from)|anyone but|anything but|without|except|"
    rf"nothing of|never) {_WHO}(?: again| please)*"
)
_WITHOUT = re.compile(
    rf"{_POLITE}(?:not|no more|no|nothing by|anyone but|anything but|anybody but|without|except) "
    r"(.+?)(?: again| please)*"
)
_ANOTHER = re.compile(
    rf"{_POLITE}(?:more|others?|another(?: one| song| list)?|(?:something|someone) else|"
    r"different ones|not (?:that|this|those|these)(?: (?:one|ones|song|songs))?)"
    r"(?: then| please)*"
)
_BEFORE = re.compile(rf"{_POLITE}(?:the )?(?:one|song|track) before(?: that| this| it)?")


def read(talk: Talk, utterance: str) -> Understanding | None:
    """What a short answer means in this talk; None where it is no such answer."""
    if not (talk.state.turns or talk.state.listed or talk.state.mentioned):
        return None
    folded = fold(utterance[:200])
    if talk.state.turns and (_EXCLUDING.fullmatch(folded) or _ANOTHER.fullmatch(folded)):
        return Understanding("recommend", 1.0, text=utterance.strip())
    named = _WITHOUT.fullmatch(folded)
    ids = talk.context.store.search.by_artist(named[1]) if talk.state.turns and named else ()
    if ids:
        (track,) = talk.tracks([min(ids)])
        name = track.lead or track.artist
        chip = Chip("artist", name, utterance.strip(), 0, len(utterance), negated=True)
        return Understanding("recommend", 1.0, chips=(chip,), text=f"not {name}")
    if _BEFORE.fullmatch(folded):
        return Understanding("now", 1.0, {"position": "previous"}, text=utterance.strip())
    return None


def requests(understanding: Understanding) -> list[Request]:
    """All that is asked for, in order."""
    u = understanding
    return [Request(u.intent, u.confidence, u.slots, u.text), *u.further]
