"""Understanding alone: what an utterance asks for, with nothing done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from musicrec_core.paths import bundled_models

if TYPE_CHECKING:
    from musicrec_core.language.records import Understanding


def understand(utterances: Iterable[str]) -> Iterator[Understanding]:
    """One understanding an utterance, in order; the models are read once."""
    from musicrec_core.language.understander import load

    understander = load(bundled_models())
    for utterance in utterances:
        yield understander.understand(utterance)
