"""What a guard is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a song is left out, and how to have it back."""

    guard: str
    text: str


class Guard(Protocol):
    """Keeps songs out of lists."""

    @property
    def name(self) -> str:
        """As settings and the command line call it."""

    @property
    def about(self) -> str:
        """What it keeps out, in a few words."""

    def applies(self, request: ListRequest) -> bool:
        """Whether it has a say in a list that was asked for in this way."""

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of the catalogue that it keeps out, each once."""

    def check(self, person: Person, row: int) -> Exclusion | None:
        """Why it keeps a row out, None where it does not; never at odds with `excluded`."""


def may_be_shown(
    person: Person, guards: Iterable[Guard], request: ListRequest | None = None
) -> NDArray[np.bool_]:
    """Bool [n]: rows that no guard with a say keeps out."""
    may = np.ones(len(person.catalogue), np.bool_)
    for guard in guards:
        if request is None or guard.applies(request):
            may[guard.excluded(person)] = False
    return may


def check(person: Person, row: int, guards: Iterable[Guard]) -> Exclusion | None:
    """The first guard's reason to keep a row out, None where it may be shown."""
    verdicts = (guard.check(person, row) for guard in guards)
    return next((verdict for verdict in verdicts if verdict), None)
