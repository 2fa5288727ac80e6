"""What is nobody's business, and what is not one's taste."""

from __future__ import annotations

from datetime import datetime

import pytest

from musicrec_core.app.feedback.forget import moment_s
from musicrec_core.errors import MusicRecError
from tests.conftest import Command


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("-12h", "2026-11-27 03:30"),
        ("20:00", "2026-11-26 20:00"),
        ("9:15", "2026-11-27 09:15"),
        ("yesterday", "2026-11-26 00:00"),
        ("Yesterday 20:00", "2026-11-26 20:00"),
        ("today 1:00", "2026-11-27 01:00"),
        ("2026-11-20", "2026-11-20 00:00"),
        ("2026-11-20 08:30", "2026-11-20 08:30"),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, wanted: str) -> None:
    assert moment_s(text, _local_s("2026-11-27 15:30")) == _local_s(wanted)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "2026-13-01", "yesterday at dawn"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(MusicRecError, match="is no time"):
        moment_s(text, _local_s("2026-11-27 15:30"))


def test_a_span_is_forgotten_at_once(musicrec: Command) -> None:
    for title in ("River", "Lake", "Pulse"):
        musicrec("like", title)
    musicrec("dislike", "Anvil")
    musicrec("skip", "Relay")
    assert "--yes" in musicrec.fails("forget", "--since", "-1h", "--json")
    forgotten = musicrec.json("forget", "--since", "-1h", "--yes")["forgotten"]
    assert [one["kind"] for one in forgotten] == ["skip", "dislike", "like", "like", "like"]
    assert not any(musicrec.json("status")["feedback"].values())
    assert musicrec.json("forget", "--since", "-1h")["forgotten"] == []
    assert "is before" in musicrec.fails("forget", "--since", "-1h", "--until", "-2h")


def test_nothing_counts_while_incognito_is_on(musicrec: Command) -> None:
    musicrec("incognito", "on")
    assert "incognito is on" in musicrec.fails("like", "River")
    assert "incognito is on" in musicrec.fails("skip", "Relay")
    assert not any(musicrec.json("status")["feedback"].values())
    musicrec("incognito", "off")
    musicrec("like", "River")
    assert musicrec.json("status")["feedback"]["like"] == 1


def test_what_is_kept_apart_says_nothing_of_the_taste(musicrec: Command) -> None:
    before = _scores(musicrec)
    musicrec("apart", "artist", "Ada Reed")
    for title in ("River", "Lake"):
        musicrec("like", title)
    assert _scores(musicrec) == pytest.approx(before, abs=1e-6)
    musicrec("apart", "artist", "Ada Reed", "--remove")
    assert _scores(musicrec) != pytest.approx(before, abs=1e-3)
    assert "is not kept apart" in musicrec.fails("apart", "artist", "Ada Reed", "--remove")


def _local_s(text: str) -> float:
    return datetime.fromisoformat(text).astimezone().timestamp()


def _scores(musicrec: Command) -> dict[str, float]:
    tracks = musicrec.json("export", "--tracks")["tracks"]
    return {track["path"]: track["score"] for track in tracks}
