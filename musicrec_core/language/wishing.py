"""Whether an utterance that asks for nothing is a wish for songs: "French chanson", "no 80s"."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.language.chips.scope import cue_at
from musicrec_core.language.records import Chip
from musicrec_core.language.tokens import Token, word_set

COVERED = 0.7  # of the words that carry meaning
COVERED_BY_MANY = 0.55  # where two or more constraints speak of music
_CARRYING_NONE = word_set(
    """
    a an the of in on at by for to from with and or but is it this that some any all i me my you
    your please something anything songs song music tunes tracks ones one stuff vibes sounds like
    tonight today now want need play give find show listen to hear be are was so as than only just
    """
)
# Kinds that by themselves speak of music; the others need one of these beside them, or a negation.
_OF_MUSIC = frozenset(
    ("genre", "instrument", "voice", "version", "tempo", "era", "popularity", "season")
)


def is_wish(tokens: Sequence[Token], chips: Sequence[Chip]) -> bool:
    """Whether constraints on songs are nearly all that is said."""
    understood = [chip for chip in chips if chip.kind != "unknown"]
    if not any(chip.kind in _OF_MUSIC or chip.negated for chip in understood):
        return False
    low = [token.low for token in tokens]
    cues: set[int] = set()
    for i in range(len(low)):
        cue = cue_at(low, i)
        cues.update(range(i, i + cue.size) if cue is not None else ())
    carrying = [
        token
        for i, token in enumerate(tokens)
        if token.is_word and i not in cues and token.low not in _CARRYING_NONE
    ]
    inside = [t for t in carrying if any(c.start <= t.start < c.end for c in understood)]
    of_music = [chip for chip in understood if chip.kind in _OF_MUSIC or chip.kind == "artist"]
    return len(inside) >= (COVERED_BY_MANY if len(of_music) > 1 else COVERED) * len(carrying)
