"""An utterance becomes chips: a walk over its words with what is in force."""

from __future__ import annotations

import time
from collections.abc import Sequence

from musicrec_core.language.chips.names import Name, find_names
from musicrec_core.language.chips.numbers import number_at
from musicrec_core.language.chips.scope import NEW_PART, Scope, cue_at
from musicrec_core.language.lexicon import IGNORED, Lexicon, Match
from musicrec_core.language.records import Chip, ChipKind, Gazetteer, Range
from musicrec_core.language.tokens import Token, word_set

OLD_UNTIL = 1989
RECENT_YEARS = 4
_MUSIC = word_set(
    """
    music songs song tunes tune tracks track stuff vibes vibe playlist mix sounds sound mood
    beats numbers pieces jams records soundtrack bands artists singers album albums hits
    """
)
_SONG_WORDS = word_set("beats singers singer vocalists sung voices")
_PLACING = word_set(
    """
    for to while when during on in at after before my a the of
    """
)
_PLAIN_WORDS = word_set(
    """
    some good nice great best new other more these those this that such same few many what
    which your their with from about and else thing like love really different anything
    something nothing everything want need play find give show make please than then also kind
    sort type style side work works part parts full lot lots bit little over under being
    sounding listen hear should would could can will have has had it is are be was background
    random whole entire any all every first second third last next previous ones songs one two
    three four five six seven eight nine ten
    """
)


class ChipParser:
    """Reads constraints with a lexicon and, where there is one, the library's names."""

    def __init__(
        self,
        lexicon: Lexicon,
        gazetteer: Gazetteer | None = None,
        artists: frozenset[int] = frozenset(),
    ) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._artists = artists

    def names(self, tokens: Sequence[Token], text: str) -> list[Name]:
        """The names in free words."""
        return find_names(tokens, text, self._lexicon, self._gazetteer, self._artists)

    def parse(
        self,
        tokens: Sequence[Token],
        text: str,
        names: Sequence[Name] | None = None,
        *,
        forgiving: bool = True,
    ) -> list[Chip]:
        """The chips of an utterance; `names`, where given, are taken instead of found ones.

        Unless `forgiving`, a word of taste counts only as it is spelled.
        """
        if names is None:
            names = self.names(tokens, text)
        by_start = {name.start: name for name in names}
        walk = _Walk(tokens, text, self._lexicon, by_start, forgiving=forgiving)
        return walk.chips()


def _without_vague_eras(chips: list[Chip]) -> list[Chip]:
    """Without "classic" or "recent" beside a time that is named: "classics from the seventies"."""
    times = [chip for chip in chips if chip.kind in ("era", "year") and not chip.negated]
    is_named = [any(c.isdigit() for c in chip.text) or _says_decade(chip) for chip in times]
    vague = [chip for chip, named in zip(times, is_named, strict=True) if not named]
    return [chip for chip in chips if chip not in vague] if any(is_named) else chips


def _without_vague_lengths(chips: list[Chip]) -> list[Chip]:
    """Without "long" beside a length in minutes."""
    lengths = [chip for chip in chips if chip.kind == "length"]
    if not any(isinstance(chip.value, Range) for chip in lengths):
        return chips
    return [chip for chip in chips if chip not in lengths or isinstance(chip.value, Range)]


def _says_decade(chip: Chip) -> bool:
    return isinstance(chip.value, str) or chip.text.casefold().rstrip("s").endswith("tie")


class _Walk:
    def __init__(
        self,
        tokens: Sequence[Token],
        text: str,
        lexicon: Lexicon,
        names: dict[int, Name],
        *,
        forgiving: bool,
    ) -> None:
        self._tokens, self._text, self._lexicon, self._names = tokens, text, lexicon, names
        self._forgiving = forgiving
        self._low = [token.low for token in tokens]
        self._scope = Scope()
        self._chips: list[Chip] = []
        self._year = time.localtime().tm_year
        self._expecting = False  # behind a degree, a negation or "something"

    def chips(self) -> list[Chip]:
        i = 0
        while i < len(self._tokens):
            i += self._step(i)
        return _without_vague_lengths(_without_vague_eras(self._chips))

    def _step(self, i: int) -> int:
        if i in self._names:
            name = self._names[i]
            return self._constraint(i, name.end - i, name.kind, self._written(i, name.end))
        number = number_at(self._low, i, self._year)
        if number is not None:
            return self._constraint(i, number.size, number.kind, number.value)
        match = self._sense(i)
        cue = cue_at(self._low, i)
        if cue is not None and not (match is not None and match.size > cue.size):
            if not (cue.kind == "plain" and self._low[i + cue.size : i + cue.size + 1] == [","]):
                self._scope.take_cue(cue)
            self._expecting = True
            return cue.size
        if match is not None:
            if match.kind == IGNORED or self._names_the_songs(i):
                return match.size
            return self._taste(i, match)
        return self._plain(i)

    def _names_the_songs(self, i: int) -> bool:
        """Whether a word such as "beats" or "singers" says no more than "songs"."""
        if self._low[i] not in _SONG_WORDS or self._scope.negates:
            return False
        return i == 0 or self._follows_chip(i) or self._low[i - 1] in ("of", "some", "songs")

    def _sense(self, i: int) -> Match | None:
        match = self._lexicon.at(self._low, i)
        if match is None and self._forgiving and not self._lexicon.is_ordinary(self._low[i]):
            match = self._lexicon.corrected(self._low[i])
        if match is not None and match.kind == "activity" and not self._placed(i, match.size):
            return None
        return match

    def _placed(self, i: int, size: int) -> bool:
        """Whether a word for an activity stands where one is named, not in a word's other sense."""
        before = self._low[max(0, i - 3) : i]
        after = self._low[i + size : i + size + 1]
        if set(before) & _PLACING or set(after) & _MUSIC or self._low[i + size - 1] in _MUSIC:
            return True
        behind = self._lexicon.at(self._low, i + size) if after else None
        if behind is not None and behind.kind in ("genre", "instrument", "mood", "activity"):
            return True
        starts = not before or before[-1] in (",", ";", "and") or self._follows_chip(i)
        return starts and (not after or after[0] in (",", ".", ";", "!", "and"))

    def _follows_chip(self, i: int) -> bool:
        return bool(self._chips) and self._chips[-1].end == self._tokens[i - 1].end

    def _taste(self, i: int, match: Match) -> int:
        value: str | Range = match.value
        kind = match.kind
        if kind == "era":
            recent = Range(self._year - RECENT_YEARS, None)
            value = recent if match.value == "recent" else Range(None, OLD_UNTIL)
        return self._constraint(i, match.size, kind, value)

    def _constraint(self, i: int, size: int, kind: str, value: str | Range) -> int:
        negated, degree = self._scope.take_constraint(kind)
        first = self._low[i]
        relative = (first.endswith("er") and kind in ("tempo", "energy", "mood", "length")) or (
            i > 0 and self._low[i - 1] in ("more", "less")
        )
        start, end = self._tokens[i].start, self._tokens[i + size - 1].end
        checked: ChipKind = kind  # type: ignore[assignment]
        chip = Chip(checked, value, self._text[start:end], start, end, degree, negated, relative)
        same = [c for c in self._chips if (c.kind, c.value, c.negated) == (kind, value, negated)]
        if not same:
            self._chips.append(chip)
        self._expecting = False
        return size

    def _plain(self, i: int) -> int:
        word = self._low[i]
        if self._looks_wanted(i):
            return self._constraint(i, 1, "unknown", word)
        soon = self._low[i + 1 : i + 7]
        self._scope.take_word(word, "or" in soon or "nor" in soon)
        self._expecting = word in ("something", "anything", "more") or (
            self._expecting and word in ("a", "the", "any", "and")
        )
        return 1

    def _looks_wanted(self, i: int) -> bool:
        """Whether a word that means nothing to us stands where a constraint would."""
        word = self._low[i]
        if len(word) < 4 or not word.isalpha() or word in _PLAIN_WORDS or word in _MUSIC:
            return False
        if word in NEW_PART or self._tokens[i].capital:
            return False
        after = self._low[i + 1 : i + 2]
        return bool(set(after) & _MUSIC) and (self._expecting or i == 0 or not after)

    def _written(self, start: int, end: int) -> str:
        return self._text[self._tokens[start].start : self._tokens[end - 1].end]
