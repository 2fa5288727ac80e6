"""What one constraint of a wish says of every song."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.notices import Notice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.language.records import Chip
    from musicrec_core.records import FloatArray, IntArray


def _nothing(row: int) -> str | None:
    del row
    return None


@dataclass(frozen=True, slots=True, repr=False)
class Judgement:
    """Of n songs.

    fit: float32 [n], how well each meets the constraint, in standard deviations; None where it
    does not order. rows: bool [n], those that meet it; None where it only orders.
    tell: what is true of one row, None where there is nothing to say. like: int64, rows that
    are named as examples and are no answers themselves.
    """

    fit: FloatArray | None = None
    rows: NDArray[np.bool_] | None = None
    tell: Callable[[int], str | None] = _nothing
    notices: tuple[Notice, ...] = ()
    like: IntArray | None = None


@dataclass(frozen=True)
class Constraint:
    """A chip, the words before it, and whom it is asked for.

    before: the end of what stands before the chip, in lower case.
    examples: int64, rows that a relative word such as "slower" compares with.
    """

    person: Person
    chip: Chip
    before: str = ""
    examples: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))

    @cached_property
    def word(self) -> str:
        """The value where it is a word, else what was written."""
        return self.chip.value if isinstance(self.chip.value, str) else self.chip.text

    def column(self, name: str) -> FloatArray:
        """Float32 [n]: an attribute of every song, NaN where unknown."""
        return self.person.catalogue.column(name)

    def unjudged(self, what: str) -> Judgement:
        """It says nothing of any song, for this is not known of them."""
        values = {"words": self.chip.text, "what": what}
        return Judgement(notices=(Notice("wish-not-judged", values),))
