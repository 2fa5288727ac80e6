"""A guard's verdict on one row is its verdict on all of them."""

from __future__ import annotations

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.guards import GUARDS, Guard
from musicrec_core.app.lists.person import Person
from tests.conftest import Command


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_gives_a_reason_for_the_rows_that_it_keeps_out_and_for_no_other(
    musicrec: Command, guard: Guard
) -> None:
    with MusicRec(home=musicrec.home) as facade:
        for query, kind, value in (
            ("River", "like", None),
            ("Anvil", "dislike", None),
            ("Hammer", "rating", 1.0),
            ("Pulse", "rating", 5.0),
            ("Relay", "skip", 1.0),
        ):
            facade.feedback.record(facade.library.find(query), kind, value=value)
    context = Context("default", musicrec.home)
    person = Person.now(context)
    kept_out = sorted(guard.excluded(person).tolist())
    with_reason = [
        row for row in range(len(person.catalogue)) if guard.check(person, row) is not None
    ]
    context.close()
    assert kept_out == with_reason
    assert len(kept_out) < len(person.catalogue)
