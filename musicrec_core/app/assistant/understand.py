"""Understanding alone: what an utterance asks for, with nothing done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from musicrec_core.app.wishes.talk import understander

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.language.records import Understanding


def understand(context: Context, utterances: Iterable[str]) -> Iterator[Understanding]:
    """One understanding an utterance, in order; the models are read once."""
    from musicrec_core.app.llm import chips

    reader = understander(context)
    for utterance in utterances:
        yield chips.understood(context, reader, reader.understand(utterance))
