"""The one way in: an utterance becomes an Understanding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from musicrec_core.language.chips.names import Name, known_artists
from musicrec_core.language.chips.parser import ChipParser
from musicrec_core.language.decision import decide
from musicrec_core.language.intents import IntentModel, read_intents
from musicrec_core.language.lexicon import Lexicon, read_lexicon
from musicrec_core.language.parting import parts
from musicrec_core.language.records import (
    INTENTS,
    Chip,
    ChipKind,
    Gazetteer,
    Intent,
    Request,
    SlotValue,
    Understanding,
)
from musicrec_core.language.remainder import left_over
from musicrec_core.language.slots import slots_of
from musicrec_core.language.tagger import Tagger, read_tagger
from musicrec_core.language.titles import song_alone, with_titles
from musicrec_core.language.tokens import Token, cleaned, tokenise, word_set
from musicrec_core.language.wishing import is_wish

# Requests in which names stand as commands name them, not as wishes do.
_NAMING = frozenset(INTENTS) - {"recommend", "similar", "none"}
_WISHING = frozenset(("recommend", "similar"))
# Elsewhere ("love it", "what sad song is this") words of taste are no constraints on songs.
_NAMED = frozenset(("artist", "album", "track", "playlist", "genre", "year"))
_HEARD = _NAMED | {"instrument", "voice", "version", "era", "language"}
_KEPT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("like", "dislike"), _HEARD),
    **dict.fromkeys(
        ("rate", "undo", "help", "now", "pause", "clear", "repeat", "shuffle", "why", "describe"),
        _NAMED,
    ),
}
# Requests that may be wishes in the words of a command: "play gentle lullabies for my baby".
_WISHED = frozenset(("play", "next", "view", "describe", "repeat"))
_LEAVING = frozenset(("add", "remove", "play", "next"))
_POINTING = word_set("this that these those it him her them one song track tune singer album band")
_SONGS = word_set("songs song music tracks track tunes tune stuff ones numbers")
_UNSURE = 0.4  # what is hardly likelier than others is a wish where it reads as one
_SURE_PART = 0.6
_ORDER: tuple[ChipKind, ...] = ("track", "artist", "album", "playlist")


class Understander:
    """Understands requests to a music player, without a network and without anything heavy."""

    def __init__(
        self,
        lexicon: Lexicon,
        intents: IntentModel,
        tagger: Tagger,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._intents = intents
        self._tagger = tagger
        self._gazetteer = gazetteer
        self._parser = ChipParser(lexicon, gazetteer, tagger.artists)

    def understand(self, utterance: str) -> Understanding:
        """What an utterance asks for; any text has an answer, and in bounded time."""
        text = cleaned(utterance)
        tokens = tokenise(text)
        if not any(token.is_word for token in tokens):
            return Understanding("none", 1.0)
        requests: list[Request] = []
        chips: list[Chip] = []
        for start, end in self._parts(tokens):
            request, new_chips = self._request(tokens[start:end], text)
            chips += new_chips
            if not requests or not _said_again(request, requests[-1]):
                requests.append(request)
        first, *rest = requests
        return Understanding(first.intent, first.confidence, first.slots, rest, chips, first.text)

    @property
    def lexicon(self) -> Lexicon:
        """The words of taste."""
        return self._lexicon

    def wish_slots(self, wish: str, chips: Sequence[Chip]) -> dict[str, SlotValue]:
        """The slots of a wish with these chips."""
        text = cleaned(wish)
        return slots_of("recommend", tokenise(text), (), chips, text)

    def chips(self, wish: str) -> list[Chip]:
        """The constraints of a wish, whatever is asked for."""
        text = cleaned(wish)
        return self._parser.parse(tokenise(text), text)

    def _intent(self, tokens: Sequence[Token]) -> tuple[Intent, float]:
        artists = self._tagger.artists
        likely = self._intents.probabilities(tokens, self._lexicon, artists)
        named = any(known_artists(tokens, self._lexicon, artists))
        intent, sure = decide(tokens, likely, self._lexicon, named=named)
        if intent == "none" and self._names_owned(tokens):
            return decide(tokens, likely, self._lexicon, named=named, owned=True)
        return intent, sure

    def _names_owned(self, tokens: Sequence[Token]) -> bool:
        """Whether what may be a name is one of this library's."""
        if self._gazetteer is None:
            return False
        names = [*self._tagger.names(tokens), *left_over(tokens, self._lexicon)]
        return any(
            self._gazetteer.kinds(" ".join(t.text for t in tokens[name.start : name.end]))
            for name in names
        )

    def _parts(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The parts that are requests of their own; others belong to the one before."""
        ranges = parts(tokens)
        if len(ranges) == 1:
            return ranges
        judged = [self._intent(tokens[start:end]) for start, end in ranges]
        requests = [ranges[0]]
        before = judged[0]
        for place, (intent, sure) in zip(ranges[1:], judged[1:], strict=True):
            new = intent != "none" and before[0] != "none" and min(sure, before[1]) >= _SURE_PART
            if new and not (intent == before[0] and intent in ("rate", "recommend", "none")):
                requests.append(place)
                before = (intent, sure)
            else:
                requests[-1] = (requests[-1][0], place[1])
        return requests

    def _request(self, tokens: Sequence[Token], text: str) -> tuple[Request, list[Chip]]:
        intent, sure = self._intent(tokens)
        words = text[tokens[0].start : tokens[-1].end]
        if intent == "none":
            return self._wish(tokens, text, sure, words)
        names = self._names(intent, tokens, text)
        chips = self._parser.parse(tokens, text, names, forgiving=intent in _WISHING)
        wish = chips if intent in _WISHING else self._parser.parse(tokens, text)
        if sure < _UNSURE and intent not in _WISHING and is_wish(tokens, wish):
            return self._wish(tokens, text, 1 - sure, words)
        general = intent in ("like", "dislike") and _speaks_of_taste(tokens, names, wish)
        if general or (intent in _WISHED and is_wish(tokens, wish)):
            names = self._parser.names(tokens, text)
            chips = [chip for chip in wish if not (general and chip.value == "love")]
        else:
            kinds = _KEPT.get(intent)
            chips = [chip for chip in chips if kinds is None or chip.kind in kinds]
        slots = slots_of(intent, tokens, names, chips, text)
        return Request(intent, sure, slots, words), chips

    def _wish(
        self, tokens: Sequence[Token], text: str, sure: float, words: str
    ) -> tuple[Request, list[Chip]]:
        """A wish where constraints on songs are nearly all that is said; else nothing."""
        chips = self._parser.parse(tokens, text)
        if not is_wish(tokens, chips):
            artists = list(known_artists(tokens, self._lexicon, self._tagger.artists))
            if names := song_alone(artists, tokens):
                chips = self._parser.parse(tokens, text, names, forgiving=False)
                return Request("play", 1 - sure, slots_of("play", tokens, names, (), text)), chips
            return Request("none", sure, {}, words), []
        slots = slots_of("recommend", tokens, (), chips, text)
        return Request("recommend", 1 - sure, slots, words), chips

    def _names(self, intent: Intent, tokens: Sequence[Token], text: str) -> list[Name]:
        names = self._parser.names(tokens, text)
        if intent not in _NAMING:
            return names
        tagged = [n for n in self._tagger.names(tokens) if not self._is_taste(n, tokens)] or names
        if not tagged and intent in _LEAVING:
            tagged = left_over(tokens, self._lexicon)
        titled = with_titles(tagged, tokens, self._lexicon)
        return [self._in_library(name, tokens, text) for name in titled]

    def _is_taste(self, name: Name, tokens: Sequence[Token]) -> bool:
        """Whether a name is a word of taste before "songs": "five christmas songs"."""
        behind = tokens[name.end].low if name.end < len(tokens) else ""
        low = tuple(token.low for token in tokens[name.start : name.end])
        plain = name.kind != "playlist" and not tokens[name.start].capital
        return plain and behind in _SONGS and self._lexicon.exact(low) is not None

    def _in_library(self, name: Name, tokens: Sequence[Token], text: str) -> Name:
        """The name as what the library has under it, where it has that and not what was thought."""
        if self._gazetteer is None:
            return name
        kinds = self._gazetteer.kinds(text[tokens[name.start].start : tokens[name.end - 1].end])
        if not kinds or name.kind in kinds:
            return name
        return replace(name, kind=next((k for k in _ORDER if k in kinds), name.kind))


def _speaks_of_taste(tokens: Sequence[Token], names: Sequence[Name], chips: Sequence[Chip]) -> bool:
    """Whether what is liked or not is a kind of music, and no song that is pointed at or named."""
    if not _POINTING.isdisjoint(token.low for token in tokens):
        return False
    named = any(name.kind in ("track", "album") for name in names)
    return not named and any(chip.kind not in _ORDER for chip in chips)


def _said_again(request: Request, before: Request) -> bool:
    """Whether a part says the same once more: "that was a mistake, undo"."""
    new = {name: value for name, value in request.slots.items() if value != "this"}
    return request.intent == before.intent and not new


def load(models: Path, gazetteer: Gazetteer | None = None) -> Understander:
    """The understanding that ships in a folder; ModelError when a part of it cannot be read."""
    return Understander(read_lexicon(models), read_intents(models), read_tagger(models), gazetteer)
