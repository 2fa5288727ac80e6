"""Lists of a library that never changes are those that were recorded, whatever was made faster.

Where a change of lists is meant, record them anew: `python -m tests.app.lists.test_fixed_library`.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from benchmarks.speed import scale_library
from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials, ListRequest

RECORDED = Path(__file__).with_name("fixed_library.json")
SONGS, OPINIONS, NOW_S = 600, 80, 1_750_000_000.0
COMPARED = 10
"""Of each list: further down all are as good as equal, and on other processors one goes first."""
ALIKE = 2e-4
"""Scores of two songs that may change places: processors add up in different orders."""

Lists = dict[str, list[tuple[int, float]]]


def lists_of(home: Path) -> Lists:
    """Of each request the songs in their order, with their scores."""
    scale_library.build(home, SONGS, {"default": OPINIONS})
    with MusicRec(home=home) as app:
        one, other = (app.library.search(word, 1)[0] for word in ("jazz", "techno"))
        plain = Dials(explore=0.0)
        requests = {
            "for you": ListRequest(20, dials=plain),
            "near an artist": ListRequest(20, seeds=(one.artist,)),
            "near two songs": ListRequest(20, seeds=(one.path, other.path)),
            "far": ListRequest(20, mode="dissimilar"),
            "a tag": ListRequest(20, tag="hard bop"),
            "a mood": ListRequest(20, tag="happy"),
            "a journey": ListRequest(10, mode="journey", seeds=(one.path, other.path)),
            "not like": ListRequest(20, unlike=(one.artist,), dials=plain),
        }
        lists = {name: _songs(app, request) for name, request in requests.items()}
        liked = app.lists.recommend(requests["for you"]).picks[2].track
        app.feedback.record(liked, "like")
        lists["after a like, at once"] = _songs(app, requests["for you"], at_once=True)
        app.lists.rescore()
        lists["after a like"] = _songs(app, requests["for you"])
    return lists


def _songs(
    app: MusicRec, request: ListRequest, *, at_once: bool = False
) -> list[tuple[int, float]]:
    picks = app.lists.recommend(request, at_once=at_once).picks
    return [(pick.track.id, round(pick.score, 5)) for pick in picks[:COMPARED]]


def test_lists_are_those_that_were_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "now_s", lambda _: NOW_S)
    monkeypatch.setattr(scale_library.time, "time", lambda: NOW_S)
    recorded: Lists = json.loads(RECORDED.read_text(encoding="utf-8"))
    made = lists_of(tmp_path)
    assert made.keys() == recorded.keys()
    for name, songs in recorded.items():
        assert _settled(made[name]) == _settled(songs), name


def _settled(songs: list[tuple[int, float]]) -> list[int]:
    """The ids; of neighbours whose scores are as good as equal the lower id first."""
    ids, scores = [song[0] for song in songs], [song[1] for song in songs]
    for i in range(len(ids) - 1):
        if abs(scores[i] - scores[i + 1]) < ALIKE and ids[i] > ids[i + 1]:
            ids[i], ids[i + 1] = ids[i + 1], ids[i]
            scores[i], scores[i + 1] = scores[i + 1], scores[i]
    return ids


def _record() -> None:
    Context.now_s = lambda _: NOW_S  # type: ignore[method-assign]
    scale_library.time.time = lambda: NOW_S  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        lines = (f"{json.dumps(n)}: {json.dumps(s)}" for n, s in lists_of(Path(folder)).items())
        RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    _record()
