"""How lists lean by default: kept by profile, within range, and forgotten again."""

from __future__ import annotations

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials
from musicrec_core.errors import MusicRecError
from tests.conftest import Command


def test_a_dial_is_kept_and_left_to_its_default_again(fresh: Command) -> None:
    with MusicRec(home=fresh.home) as core, MusicRec("kid", home=fresh.home) as other:
        assert core.lists.own_dials() == Dials()
        core.lists.set_own_dial("explore", 0.3)
        assert core.lists.own_dials() == Dials(explore=0.3)
        assert other.lists.own_dials() == Dials()
        core.lists.set_own_dial("explore", None)
        assert core.lists.own_dials() == Dials()


@pytest.mark.parametrize(("name", "value"), [("explore", 0.6), ("popular", -0.1), ("loud", 0.5)])
def test_what_is_no_dial_or_out_of_its_range_is_refused(
    fresh: Command, name: str, value: float
) -> None:
    with MusicRec(home=fresh.home) as core:
        with pytest.raises(MusicRecError):
            core.lists.set_own_dial(name, value)
        assert core.lists.own_dials() == Dials()


def test_what_a_damaged_database_holds_counts_as_nothing(fresh: Command) -> None:
    with MusicRec(home=fresh.home) as core:
        for value in ("much", "7", "nan"):
            core._context.store.guarded.set_setting("default", "dial explore", value)
            assert core.lists.own_dials() == Dials()
