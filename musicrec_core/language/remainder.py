"""The name that is left of a short command once its own words are gone: "Jolene after this one"."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.language.chips.names import Name
from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.tokens import Token, word_set

LONGEST = 6
_BEFORE = word_set(
    """
    play add put on queue up remove delete drop stick throw next please can could would you i we
    want to hear listen the song track tune some me us give let 's have take out off a hey ok now
    start spin get rid of called album then and also pop chuck kick lose ditch skip by my a bit
    little fancy hearing like 'd find need from rid listening line save keep cut scrap
    """
)
_AFTER = word_set(
    "after next please now again when once instead too then in on onto to off from at"
)
_NO_NAME = word_set(
    """
    it this that these those one ones them music song songs track tracks something anything
    everything playlist queue list mix whatever all more another other favourites last first
    second third previous before
    """
)
# By themselves these move on, or say yes or no; within a longer name they may stand.
_GOING_ON = word_set(
    """
    continue go forward onward nope nah no yes yeah okay right carry going playing resume back
    skip pass enough queue
    """
)


def left_over(tokens: Sequence[Token], lexicon: Lexicon) -> list[Name]:
    """That name as a track; nothing where what is left has a meaning of its own."""
    start = 0
    while start < len(tokens) and (tokens[start].low in _BEFORE or not tokens[start].is_word):
        start += 1
    end = start
    while end < len(tokens) and tokens[end].low not in _AFTER and tokens[end].is_word:
        end += 1
    low = [token.low for token in tokens[start:end]]
    if not low or len(low) > LONGEST or not _NO_NAME.isdisjoint(low):
        return []
    if len(low) == 1 and low[0] in _GOING_ON:
        return []
    if any(lexicon.at(low, i) is not None for i in range(len(low))) and len(low) < 3:
        return []
    return [Name(start, end, "track")]
