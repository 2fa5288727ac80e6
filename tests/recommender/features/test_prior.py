import json

import numpy as np
import pytest

from musicrec_core import paths
from musicrec_core.errors import ModelError
from musicrec_core.recommender.features import prior
from musicrec_core.recommender.features.directions import UNTAUGHT, Directions
from musicrec_core.recommender.features.prior import Prior
from tests.recommender.taste_world import library


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "bundled_models", lambda: tmp_path)
    (tmp_path / "ears.json").write_text(json.dumps({"sha256": "these"}))
    return tmp_path


def test_what_is_saved_is_what_is_read(bundle):
    made = Prior({"dub": 0.25}, np.float32([0.5, -1]), "these")
    made.save(bundle / "taste_prior.json")
    again = Prior.bundled()
    assert again.tag_weights == made.tag_weights
    assert np.allclose(again.sound, made.sound)


def test_a_direction_learned_in_other_ears_is_not_used(bundle):
    Prior({"dub": 0.25}, np.float32([0.5, -1]), "others").save(bundle / "taste_prior.json")
    assert len(Prior.bundled().sound) == 0
    assert Prior.bundled().tag_weights == {"dub": 0.25}


def test_a_missing_prior_says_nothing(bundle):
    inputs = Prior.bundled().inputs(library())
    assert (inputs[:, [0, 2]] == 0).all()
    assert (inputs[:, [1, 3]] == 1).all()


def test_a_damaged_prior_is_named(bundle):
    (bundle / "taste_prior.json").write_text("{")
    with pytest.raises(ModelError, match="taste_prior"):
        Prior.bundled()


def test_liked_tags_and_liked_sound_rank_higher():
    world = library()
    direction = world.sound[1].copy()
    inputs = Prior({"loud": 1.0, "calm": -1.0}, direction).inputs(world)
    loud = np.arange(len(world)) % 2 == 1
    assert inputs[loud, 0].min() > inputs[~loud, 0].max()
    assert inputs[1, 2] == inputs[:, 2].max()


def test_the_bundled_prior_fits_the_bundled_ears():
    folder = paths.bundled_models()
    made = prior.load(folder / "taste_prior.json")
    assert made.ears == prior.card_checksum(folder / "ears.json")


def test_directions_learned_on_another_map_are_not_used(bundle):
    folder = paths.bundled_models()
    (folder / "culture.json").write_text(json.dumps({"sha256": "this map"}))
    alike = np.eye(2, dtype=np.float32)
    for culture, used in (("this map", True), ("another", False)):
        directions_given = Directions(alike, alike, alike, np.array(UNTAUGHT, np.float32), culture)
        made = Prior({"dub": 0.25}, np.float32([0.5, -1]), "these", directions_given)
        made.save(bundle / "taste_prior.json")
        prior.load.cache_clear()
        assert (Prior.bundled().directions is not None) == used
        assert Prior.bundled().tag_weights == {"dub": 0.25}
