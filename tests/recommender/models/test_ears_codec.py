from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.errors import ModelError
from musicrec_core.model_records import RetrievalMetrics
from musicrec_core.paths import bundled_models
from musicrec_core.recommender.ears import Ears
from musicrec_core.recommender.ears.personal import PersonalEars, SoundMap
from musicrec_core.recommender.models.ears_codec import ears_registry

WHEN = "2026-01-02T03:04:05+00:00"
BUNDLED = "ears-bundled"
TAUGHT = {"trained_at": WHEN, "reason": "because", "nearness": {"albums": 0.5, "artists": 0.25}}


@pytest.fixture(scope="module")
def bundled() -> Ears:
    return Ears.load(bundled_models() / "ears.safetensors")


def taught(bundled: Ears, seed: int = 0) -> PersonalEars:
    rng = np.random.default_rng(seed)
    size = bundled.feature_size
    sound = SoundMap(
        np.zeros(size, np.float32),
        np.ones(size, np.float32),
        rng.normal(size=(size, 5)).astype(np.float32),
        np.zeros(5, np.float32),
        0.3,
        np.arange(9),
    )
    return PersonalEars("", bundled, sound)


def test_a_version_comes_back_as_it_was_and_is_in_use(tmp_path: Path, bundled: Ears) -> None:
    registry = ears_registry(tmp_path, lambda: bundled)
    info = registry.add(taught(bundled), TAUGHT)
    assert (info.version, info.current, info.parent, info.songs) == (
        "ears-0001", True, BUNDLED, 9,
    )  # fmt: skip
    assert (info.of, info.trained_at, info.nearness) == ("ears", WHEN, RetrievalMetrics(0.5, 0.25))
    ears, _, warning = registry.current()
    assert warning is None
    assert isinstance(ears, PersonalEars)
    heard = ears.hear(np.random.default_rng(1).normal(size=(3, bundled.feature_size)))
    assert heard.embeddings.shape == (3, ears.embedding_size)
    assert ears.embedding_size == bundled.embedding_size + 5


def test_moods_and_genres_stay_those_of_the_bundled_ears(tmp_path: Path, bundled: Ears) -> None:
    registry = ears_registry(tmp_path, lambda: bundled)
    registry.add(taught(bundled), TAUGHT)
    vectors = np.random.default_rng(2).normal(size=(4, bundled.feature_size)).astype(np.float32)
    one, two = bundled.hear(vectors), registry.current()[0].hear(vectors)
    np.testing.assert_array_equal(one.moods, two.moods)
    np.testing.assert_array_equal(one.valence, two.valence)


def test_the_bundled_ears_are_listed_before_those_that_were_taught(
    tmp_path: Path, bundled: Ears
) -> None:
    registry = ears_registry(tmp_path, lambda: bundled)
    assert [i.version for i in registry.list()] == [BUNDLED]
    registry.add(taught(bundled), TAUGHT)
    registry.add(taught(bundled, 1), TAUGHT)
    assert [(i.version, i.current, i.parent) for i in registry.list()] == [
        (BUNDLED, False, None),
        ("ears-0001", False, BUNDLED),
        ("ears-0002", True, "ears-0001"),
    ]
    registry.use(BUNDLED)
    assert [i.version for i in registry.list() if i.current] == [BUNDLED]
    assert registry.current()[0] is bundled


@pytest.mark.parametrize("harm", ["weights", "card", "gone", "other ears"])
def test_ears_that_cannot_be_trusted_give_way_to_the_bundled_ones(
    tmp_path: Path, bundled: Ears, harm: str
) -> None:
    registry = ears_registry(tmp_path, lambda: bundled)
    registry.add(taught(bundled), TAUGHT)
    weights, card = tmp_path / "ears-0001.safetensors", tmp_path / "ears-0001.json"
    if harm == "weights":
        weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    elif harm == "card":
        card.write_text("[")
    elif harm == "gone":
        weights.unlink()
    else:
        card.write_text(json.dumps(json.loads(card.read_text()) | {"ears": "older"}))
    ears, _, warning = registry.current()
    assert ears is bundled
    assert "uses the bundled ears" in (warning or "")
    with pytest.raises(ModelError):
        registry.use("ears-0001")


@pytest.mark.parametrize("name", ["ears-0009", "ears-../../x", "p0001", ""])
def test_a_name_that_is_no_version_is_refused(tmp_path: Path, bundled: Ears, name: str) -> None:
    with pytest.raises(ModelError, match="no model version"):
        ears_registry(tmp_path, lambda: bundled).use(name)
