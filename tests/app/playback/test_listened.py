import pytest

from musicrec_core.app.playback.listened import Verdict, verdict
from musicrec_core.records import PlayEnd


@pytest.mark.parametrize(
    ("position_s", "duration_s", "ended", "expected"),
    [
        (49.0, 100.0, "next", "skip"),
        (50.0, 100.0, "next", "play"),
        (239.0, 3600.0, "next", "skip"),
        (240.0, 3600.0, "next", "play"),
        (120.0, None, "next", "skip"),
        (240.0, None, "next", "play"),
        (0.0, 100.0, "next", None),
        (0.0, None, "end", "play"),
        *((49.0, 100.0, ended, None) for ended in ("stop", "quit", "other", "previous", "error")),
        *((50.0, 100.0, ended, "play") for ended in ("stop", "quit", "other", "previous", "error")),
    ],
)
def test_only_going_on_before_half_of_a_song_or_four_minutes_is_a_skip(
    position_s: float, duration_s: float | None, ended: PlayEnd, expected: Verdict | None
) -> None:
    assert verdict(position_s, duration_s, ended) == expected
