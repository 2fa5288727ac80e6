"""A short soak; `python -m benchmarks soak` is the long one."""

from __future__ import annotations

from tests.conftest import Command
from tests.support.soak import soak

MOST_GROWTH = 60  # widgets: lines in the corner, a dialog on its way out


async def test_random_keys_clicks_and_sizes_do_no_harm(musicrec: Command) -> None:
    alive = await soak(musicrec.home, seed=1, steps=300)
    assert alive[-1] <= alive[0] + MOST_GROWTH
