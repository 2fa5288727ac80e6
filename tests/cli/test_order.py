"""A list in another order holds the same songs."""

from __future__ import annotations

from tests.cli.test_recommend import titles
from tests.conftest import Command


def test_every_order_holds_the_same_songs(musicrec: Command) -> None:
    ask = ("recommend", "--explore", "0", "-n", "8")
    plain = titles(musicrec.json(*ask))
    orders = {}
    for order in ("score", "rising", "falling", "wave", "tempo", "key", "smooth"):
        orders[order] = titles(musicrec.json(*ask, "--order", order))
        assert sorted(orders[order]) == sorted(plain)
    scores = [t["score"] for t in musicrec.json(*ask, "--order", "score")["tracks"]]
    assert scores == sorted(scores, reverse=True)
    assert orders["smooth"][0] == plain[0]


def test_an_unknown_order_is_wrong_usage(musicrec: Command) -> None:
    assert "rising" in musicrec.fails("recommend", "--order", "up", status=2)
