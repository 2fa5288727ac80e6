"""Understanding alone: what an utterance asks for, with nothing done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from musicrec_core.language.records import Chip, Request, SlotValue, Understanding
from musicrec_core.paths import bundled_models

__all__ = ["Chip", "Request", "SlotValue", "Understanding", "understand"]


def understand(utterances: Iterable[str]) -> Iterator[Understanding]:
    """One understanding an utterance, in order; the models are read once."""
    from musicrec_core.language.understander import load

    understander = load(bundled_models())
    for utterance in utterances:
        yield understander.understand(utterance)
