from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.errors import ModelError
from musicrec_core.paths import bundled_models
from musicrec_core.recommender.ears import Ears
from musicrec_core.recommender.ears.anchors import likeness
from training.ears_closed_form import fit_anchors
from training.ears_fit import EarsRecipe, Lessons, train_ears

SMALL = EarsRecipe(members=2, hidden=(16, 8), steps=60, sound_size=4, meaning_size=2)


def lessons(unknown: float = 0.0) -> Lessons:
    """Songs of 12 numbers whose first two say arousal and valence; a share of labels unknown."""
    random = np.random.default_rng(0)
    features = random.normal(size=(240, 12)).astype(np.float32)
    labels = (features[:, [0, 1, 2, 3]] > 0).astype(np.float32)
    labels[random.random(labels.shape) < unknown] = np.nan
    return Lessons(
        features=features,
        labels=labels,
        anchors=np.arange(0, 240, 2),
        changes=0.01 * features[:5],
        alike=features,
        alike_group=np.arange(240) // 2,
        mood_names=("calm",),
        genre_names=("rock",),
    )


@pytest.mark.parametrize("unknown", [0.0, 0.5])
def test_ears_hear_what_they_were_taught_even_where_half_the_answers_are_missing(
    unknown: float,
) -> None:
    ears = train_ears(lessons(unknown), SMALL, 0, "test", 1)
    new = np.random.default_rng(1).normal(size=(200, 12)).astype(np.float32)
    heard = ears.hear(new)
    assert np.mean((heard.arousal > 0.5) == (new[:, 0] > 0)) > 0.7
    assert np.mean((heard.genres[:, 0] > 0.5) == (new[:, 3] > 0)) > 0.7
    np.testing.assert_allclose(np.linalg.norm(heard.embeddings, axis=1), 1.0, atol=1e-5)
    for answers in (heard.arousal, heard.valence, heard.moods, heard.genres):
        assert ((answers >= 0) & (answers <= 1)).all()


def test_a_song_is_most_like_itself() -> None:
    x = np.random.default_rng(0).normal(size=(20, 5)).astype(np.float32)
    like = likeness(x, x, 0.6, 0.0)
    np.testing.assert_allclose(np.diag(like), 1.0, atol=1e-5)
    assert (np.argmax(like, axis=1) == np.arange(20)).all()


def test_a_song_unlike_all_anchors_gets_the_usual_answer() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(50, 5)).astype(np.float32)
    labels = (random.random((50, 2)) < 0.3).astype(np.float32)
    weights = fit_anchors(x, labels, x[:20], 1.0, (0.6, 0.0))
    far = likeness(np.full((1, 5), 1e3, dtype=np.float32), weights["anchor"], 0.6, 0.0)
    answer = far @ weights["anchor_out"] + weights["anchor_bias"]
    np.testing.assert_allclose(answer[0], labels.mean(axis=0), atol=1e-5)


def test_far_from_all_anchors_a_slope_still_tells_more_from_less() -> None:
    x = np.linspace(-1, 1, 41, dtype=np.float32)[:, None]
    far = np.array([[-4.0], [4.0]], dtype=np.float32)
    items = []
    for shape in ((3.0, 0.0), (3.0, 0.5)):
        weights = fit_anchors(x, 0.5 + 0.2 * x, x[::4], 0.01, shape)
        low, high = likeness(far, weights["anchor"], *shape) @ weights["anchor_out"]
        items.append(float(high[0] - low[0]))
    assert items[0] == pytest.approx(0.0, abs=0.01)
    assert items[1] > 0.4


def test_a_song_keeps_its_place_through_what_codecs_do_and_not_through_other_changes() -> None:
    codec, other = np.zeros((2, 12), dtype=np.float32)
    codec[2], other[3] = 1.5, 1.5
    taught = replace(lessons(), changes=np.outer([-1, 1, 0.5, -0.5], codec).astype(np.float32))
    ears = train_ears(taught, SMALL, 0, "test", 1)
    songs = np.random.default_rng(1).normal(size=(200, 12)).astype(np.float32)
    original, through, changed = (
        ears.hear(songs + change).embeddings for change in (0 * codec, codec, other)
    )
    assert np.percentile(np.sum(original * through, axis=1), 5) > 0.98
    assert np.percentile(np.sum(original * changed, axis=1), 5) < 0.9


def copied(to: Path, change: dict[str, object]) -> Path:
    """The bundled ears in another folder, with some of their card changed."""
    card = json.loads((bundled_models() / "ears.json").read_text("utf-8"))
    data = (bundled_models() / "ears.safetensors").read_bytes()
    (to / "ears.safetensors").write_bytes(data)
    card |= {"sha256": hashlib.sha256(data).hexdigest()} | change
    (to / "ears.json").write_text(json.dumps(card), encoding="utf-8")
    return to / "ears.json"


def test_the_bundled_ears_load_from_anywhere(tmp_path: Path) -> None:
    assert Ears.load(copied(tmp_path, {})).embedding_size == 64


@pytest.mark.parametrize("change", [{"sha256": "0"}, {"anchors": 3}, {"members": "two"}])
def test_ears_that_do_not_fit_their_card_are_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(ModelError):
        Ears.load(copied(tmp_path, change))
