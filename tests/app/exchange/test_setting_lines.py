"""What a person set goes wherever they move."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials, ListRequest
from musicrec_core.records import Ban

KIDS = Ban("folder", "/music/kids")


def configured(home: Path) -> MusicRec:
    """Someone who set all that there is to set, and another who banned an artist."""
    musicrec = MusicRec(home=home)
    with MusicRec("guest", home) as guest:
        guest.lists.ban("artist", "Ada Reed")
    musicrec.lists.ban("genre", "Metal")
    musicrec.lists.ban("album", "Noise")
    musicrec.lists.switch_guard("lengths", on=False)
    musicrec.lists.set_own_dial("explore", 0.25)
    musicrec.lists.set_own_dial("popular", 0.9)
    musicrec.lists.set_own_dial("popular", None)
    musicrec.lists.define_activity("Ironing", "calm soul")
    musicrec.feedback.keep_apart("folder", "/music/kids")
    musicrec.feedback.set_incognito(on=True)
    musicrec.saved_lists.save("Evening", ListRequest(7, mood="calm", order="falling"))
    musicrec._context.store.exclusions.add("*/Podcasts/*")
    return musicrec


def exported(musicrec: MusicRec) -> list[str]:
    return [json.dumps(row) for row in musicrec.exchange.export_everything()]


def test_all_that_was_set_is_there_after_a_move(tmp_path: Path) -> None:
    lines = exported(configured(tmp_path / "old"))
    new = MusicRec(home=tmp_path / "new")
    report = new.exchange.import_lines(lines)
    assert report.bad == ()
    assert report.profiles == ("default", "guest")
    assert exported(new) == lines
    assert new.lists.bans() == [Ban("genre", "metal"), Ban("album", "Noise")]
    assert {guard.name for guard in new.lists.guards() if not guard.on} == {"lengths"}
    assert [(one.name, one.wish) for one in new.lists.activities() if one.own] == [
        ("Ironing", "calm soul")
    ]
    assert new.lists.own_dials() == Dials(explore=0.25)
    assert new.feedback.apart() == [KIDS]
    assert new.feedback.incognito
    assert new.saved_lists.show("Evening").request == ListRequest(7, mood="calm", order="falling")
    again = new.exchange.import_lines(lines)
    assert (again.imported, again.known) == (0, report.imported)


def test_what_is_set_here_stays(tmp_path: Path) -> None:
    lines = exported(configured(tmp_path / "old"))
    new = MusicRec(home=tmp_path / "new")
    new.lists.switch_guard("lengths", on=True)
    new.lists.define_activity("ironing", "loud punk")
    new.feedback.set_incognito(on=False)
    new.exchange.import_lines(lines)
    assert all(guard.on for guard in new.lists.guards())
    assert [one.wish for one in new.lists.activities() if one.own] == ["loud punk"]
    assert not new.feedback.incognito


def test_what_was_set_is_rescued_of_a_damaged_database(tmp_path: Path) -> None:
    old = configured(tmp_path / "old")
    lines = exported(old)
    old.close()
    with MusicRec(home=tmp_path / "old") as damaged:
        rescued, lost = damaged.exchange.export_rescued()
    assert lost == 0
    assert sorted(map(json.dumps, rescued)) == sorted(lines)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"type": "ban", "profile": "me", "kind": "label", "value": "x"}, "'label' is none of"),
        ({"type": "ban", "profile": "me", "kind": "artist", "value": " "}, "value is missing"),
        ({"type": "ban", "kind": "artist", "value": "x"}, "profile is missing"),
        ({"type": "guard", "profile": "me", "name": "bans", "on": False}, "no guard 'bans'"),
        ({"type": "guard", "profile": "me", "name": "kinds", "on": "no"}, "neither true nor false"),
        ({"type": "dial", "profile": "me", "name": "loud", "value": 0.5}, "no dial loud"),
        ({"type": "dial", "profile": "me", "name": "explore", "value": 0.9}, "goes from 0 to 0.5"),
        ({"type": "dial", "profile": "me", "name": "explore", "value": True}, "no number"),
        ({"type": "activity", "profile": "me", "name": "x"}, "wish is missing"),
        ({"type": "apart", "profile": "me", "kind": "artist"}, "value is missing"),
        ({"type": "incognito", "profile": "me"}, "on is missing"),
        ({"type": "exclusion"}, "pattern is missing"),
    ],
)
def test_a_bad_line_is_named_and_sets_nothing(
    tmp_path: Path, line: dict[str, object], reason: str
) -> None:
    musicrec = MusicRec("me", tmp_path)
    report = musicrec.exchange.import_lines([json.dumps(line)])
    assert reason in report.bad[0].reason
    assert exported(musicrec)[1:] == []
