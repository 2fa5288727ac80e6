"""Commands that need no model: a verb, and songs that the library has or places of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import finding
from musicrec_core.app.assistant.places import is_position
from musicrec_core.folding import fold
from musicrec_core.language.positions import position_of
from musicrec_core.language.records import Intent, Request, SlotValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musicrec_core.app.assistant.talk import Talk

LONGEST = 300  # characters
_VERBS: Mapping[str, Intent] = {
    "like": "like", "love": "like", "dislike": "dislike", "hate": "dislike", "add": "add",
    "remove": "remove", "delete": "remove", "describe": "describe", "play": "play",
    "put on": "play", "start": "play", "listen to": "play", "hear": "play",
}  # fmt: skip
_POLITE = (
    r"(?:(?:please|hey|ok|now|just|really|i|can you|could you|would you|will you|i want to|"
    r"i would like to|i'd like to|let me|let's|lets) )*"
)
_SPOKEN = rf"{_POLITE}(?P<verb>{'|'.join(_VERBS)}) "
_VERB = _SPOKEN.replace("?P<verb>", "?:")
_BETWEEN = re.compile(rf"(?:\s*,\s*|\s+(?=and |then ))(?:and |then )*(?={_VERB})", re.IGNORECASE)
_CLAUSE = re.compile(
    rf"{_SPOKEN}(?P<what>.+?)"
    r"(?P<where> (?:to|into|onto|from|on|in) (?:my |the )?[^,]+)?(?: please)?[.!]*",
    re.IGNORECASE | re.DOTALL,
)
_PIECES = re.compile(r"\s*,\s*(?:and )?|\s+and\s+", re.IGNORECASE)
_POINTING = re.compile(
    r"(it|this|that|(this|that) (one|song|track|album))|(them|(all of )?(them|these|those))"
)
_LISTS: Mapping[str, Intent] = {
    "clear": "clear", "empty": "clear", "wipe": "clear", "delete": "clear", "shuffle": "shuffle",
    "show": "view", "open": "view", "view": "view", "whats in": "view", "whats on": "view",
    "what is in": "view", "what is on": "view",
}  # fmt: skip
_LIST = re.compile(
    rf"(?:please )?(?P<verb>{'|'.join(_LISTS)})(?: me)?(?: (?:my|the))*(?: playlist)? (?P<name>.+?)"
    r"(?: playlist| list)?(?: please)?"
)
_NO_TITLE = frozenset(
    [
        "a",
        "an",
        "the",
        "some",
        "any",
        "all",
        "every",
        "more",
        "most",
        "other",
        "another",
        "one",
        "ones",
        "something",
        "anything",
        "everything",
        "somebody",
        "someone",
        "song",
        "songs",
        "music",
        "track",
        "tracks",
        "tune",
        "tunes",
        "stuff",
        "album",
        "albums",
        "record",
        "records",
        "best",
        "greatest",
        "new",
        "old",
        "great",
        "good",
        "work",
        "works",
        "hits",
        "lots",
        "of",
        "bit",
    ]
)
_ANY = re.compile(r"describe (?P<what>.+?)(?: please)?[.?!]*", re.IGNORECASE)


def read(talk: Talk, utterance: str) -> list[Request]:
    """The requests, where every one of them is as plain as that; else none.

    Beside a plain one, an opinion about something else is one about a song that is not there.
    """
    text = utterance.strip()
    if len(text) > LONGEST:
        return []
    clauses = _BETWEEN.split(text)
    plain = [_request(talk, clause) for clause in clauses]
    if any(plain):
        plain = [one or _opinion(clause) for one, clause in zip(plain, clauses, strict=True)]
    requests = [request for request in plain if request is not None]
    return requests if len(requests) == len(clauses) else []


def _opinion(clause: str) -> Request | None:
    match = _CLAUSE.fullmatch(clause.strip())
    intent = _VERBS[match["verb"].casefold()] if match else "none"
    if match is None or intent not in ("like", "dislike"):
        return None
    return Request(intent, 1.0, {"track": match["what"]}, clause.strip())


def _request(talk: Talk, clause: str) -> Request | None:
    on_list = _LIST.fullmatch(fold(clause))
    stored = talk.context.store.playlists
    if on_list and (named := stored.named(talk.context.profile, on_list["name"])):
        return Request(_LISTS[on_list["verb"]], 1.0, {"playlist": named.name}, clause.strip())
    match = _CLAUSE.fullmatch(clause.strip())
    if match is None:
        return None
    whole = match["what"] + (match["where"] or "")
    slots = _slots(talk, whole)
    if slots is None and match["where"]:
        slots = _slots(talk, match["what"])
    intent = _VERBS[match["verb"].casefold()]
    if slots is None and (described := _ANY.fullmatch(clause.strip())):
        slots = {"track": described["what"]}
    return None if slots is None else Request(intent, 1.0, slots, clause.strip())


def _slots(talk: Talk, what: str) -> dict[str, SlotValue] | None:
    """The slots of words that are songs of the library, or that point at some; None for others."""
    folded = fold(what)
    full_matches = talk.context.store.search.full_matches
    if full_matches(what):
        return {"track": what}
    if pointing := _POINTING.fullmatch(folded):
        return {"position": "this"} if pointing[1] else {}
    if _is_credited(talk, what):
        return {"track": what}
    pieces = _PIECES.split(what)
    if all(is_position(piece) for piece in pieces):
        place, number = position_of(fold(pieces[0]).split())
        named = {"position": place, "number": number}
        return {name: value for name, value in named.items() if value is not None}
    return {"track": tuple(pieces)} if all(map(full_matches, pieces)) else None


def _is_credited(talk: Talk, what: str) -> bool:
    """Whether it is a title, "by" and an artist, as the library has them but for a slip."""
    title, by, artist = what.rpartition(" by ")
    if not (by and artist.strip()) or _NO_TITLE.issuperset(fold(title).split()):
        return False
    return bool(finding.song(talk.context, what).tracks)
