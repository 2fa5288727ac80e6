"""From probabilities to an intent: how sure one must be, by what the words speak of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.records import INTENTS, Intent
from musicrec_core.language.tokens import Token, word_set

NONE = INTENTS.index("none")
# The least probability of any music request, where the words speak of music, name an artist,
# do neither, or are such as are said of anything.
SURE_WITH_MUSIC, SURE_WITH_NAME, SURE, SURE_OF_TALK = 0.3, 0.55, 0.65, 0.85
_TALK = word_set(
    """
    describe now why help similar recommend view
    """
)
_MUSIC = word_set(
    """
    song songs music track tracks tune tunes playlist playlists album albums band singer queue
    artist sings singing playing listen listening lyrics mixtape shuffle bands
    artists singers vocals bass chorus melody listened
    """
)
_POLITE = word_set("please pls now ok okay then and you can just again")
# What alone means to go on with what was paused; the same words move on in longer sentences.
_GOING_ON = frozenset(
    (
        "go on", "carry on", "continue", "resume", "unpause", "play on", "keep going",
        "keep playing", "go on playing", "carry on playing", "continue playing",
    )
)  # fmt: skip
_KINDS = frozenset(("genre", "instrument", "voice"))
_POINTING = word_set(
    """
    this that it these one you i
    """
)


def decide(
    tokens: Sequence[Token],
    probabilities: NDArray[np.float32],
    lexicon: Lexicon,
    *,
    named: bool,
    owned: bool = False,
) -> tuple[Intent, float]:
    """The intent and its probability; `none` unless music is likely enough.

    named: whether an artist whom many know is named. owned: whether something of the library is.
    """
    plain = [token.low for token in tokens if token.is_word and token.low not in _POLITE]
    if " ".join(plain) in _GOING_ON:
        return "play", 1.0
    musical = 1.0 - float(probabilities[NONE])
    likely = probabilities.copy()
    likely[NONE] = 0.0
    best = INTENTS[int(likely.argmax())]
    needed = SURE_WITH_MUSIC if owned else _needed(tokens, best, lexicon, named=named)
    if musical < needed:
        return "none", float(max(probabilities[NONE], 1.0 - musical))
    return best, float(probabilities[INTENTS.index(best)])


def _needed(tokens: Sequence[Token], best: Intent, lexicon: Lexicon, *, named: bool) -> float:
    low = [token.low for token in tokens]
    if not _MUSIC.isdisjoint(low):
        return SURE_WITH_MUSIC
    if named:
        return SURE_WITH_NAME
    matches = (lexicon.at(low, i) for i in range(min(len(low), 40)))
    if any(match is not None and match.kind in _KINDS for match in matches):
        return SURE
    return SURE_OF_TALK if best in _TALK and _POINTING.isdisjoint(low) else SURE
