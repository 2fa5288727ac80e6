"""Where one sentence asks for several things."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.language.tokens import Token, word_set

MOST_PARTS = 4
_JOINING = word_set(
    """
    and then , ; . ! ? but also plus
    """
)
_BEGINNING = word_set(
    """
    add remove delete play pause stop skip next shuffle repeat like love hate dislike rate
    give put stick throw drop take clear empty wipe show view what who which why how turn
    start queue save get recommend suggest find more undo loop describe tell mark make set
    kick ditch resume i cancel move append bring list replay restart mute unpause mix
    """
)
_SKIPPED = word_set(
    """
    then also please and now just ,
    """
)


def parts(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Token ranges [from, to) that might each be a request; the whole where there is but one."""
    starts = [0]
    for i in range(1, len(tokens) - 1):
        if tokens[i].low not in _JOINING or i + 1 - starts[-1] < 2:
            continue
        first = i + 1
        while first < len(tokens) - 1 and tokens[first].low in _SKIPPED:
            first += 1
        word = tokens[first]
        if word.low in _BEGINNING and not (word.capital and tokens[i].low in ("and", "but")):
            starts.append(i + 1)
        if len(starts) == MOST_PARTS:
            break
    ends = [*starts[1:], len(tokens)]
    return [_trimmed(tokens, *place) for place in zip(starts, ends, strict=True)]


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Without the "and" or comma that led to the next part."""
    while end - start > 1 and tokens[end - 1].low in (
        "and",
        "then",
        ",",
        ";",
        "but",
        "also",
        "plus",
    ):
        end -= 1
    return start, end
