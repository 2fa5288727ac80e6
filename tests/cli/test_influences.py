"""What your likes and dislikes changed, as `retrain` tells it."""

import pytest

from musicrec_core.model_records import Influence
from musicrec_core.records import Track
from musicrec_tui.cli.models.learn import _echo_influences


def test_a_long_list_of_changes_says_how_many_are_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tracks = tuple(Track(i, f"/{i}.ogg", f"Song {i}", "Artist", "Album") for i in range(8))
    _echo_influences([Influence("likes", 3, 20, gained=tracks, lost=tracks[:5])])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "more" in line] == ["  + and 3 more"]
    assert sum(line.startswith("  - ") for line in lines) == 5
