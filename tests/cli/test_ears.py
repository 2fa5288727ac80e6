from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.app.context import Context
from musicrec_core.audio.features import FEATURE_SIZE
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.records import Attributes, Features, FoundFile, Tags
from tests.conftest import Command
from tests.support.shared import seal

ARTISTS, EACH = 16, 6


@pytest.fixture(scope="module")
def odd_music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Songs so far from all that the bundled ears know that to them they sound the same.

    Every number lies far beyond where they cut, and in this library still tells artists apart.
    """
    home = tmp_path_factory.mktemp("odd") / "home"
    context = Context("default", home)
    rng = np.random.default_rng(0)
    signs = rng.normal(size=(ARTISTS, FEATURE_SIZE))
    center, scale = (context.bundled_ears.weights[name] for name in ("center", "scale"))
    root = context.store.roots.add(b"/music")
    with context.store.atomic():
        for number in range(ARTISTS * EACH):
            artist = number // EACH
            tags = Tags(f"Song {number}", f"Artist {artist}", f"Album {artist} {number % 2}")
            file = FoundFile(b"/music/%d.mp3" % number, 0, 0)
            track_id = context.store.files.put(root, file, tags, f"{number:032x}")
            vector = center + scale * (50 + signs[artist] + 2 * rng.normal(size=FEATURE_SIZE))
            features = Features(FEATURE_VERSION, vector.astype(np.float32), Attributes())
            context.store.analysis.put(track_id, features)
        context.store.counters.touch()
    context.close()
    return seal(home)


@pytest.fixture
def odd(odd_music: Path, tmp_path: Path) -> Command:
    shutil.copytree(odd_music, tmp_path / "home")
    return Command(tmp_path / "home")


def embeddings(musicrec: Command) -> np.ndarray:
    tracks = musicrec.json("export", "--tracks", "--embeddings")["tracks"]
    return np.array([track["embedding"] for track in tracks])


def nearest_artist(musicrec: Command) -> str:
    (track,) = musicrec.json("recommend", "--seed", "1", "-n", "1")["tracks"]
    return track["artist"]


def test_taught_ears_are_kept_used_and_rolled_back(odd: Command) -> None:
    before = embeddings(odd)
    report = odd.json("retrain", "--ears")
    assert report["promoted"] is True
    assert report["version"] == "ears-0001"
    assert report["metrics"]["candidate"]["albums"] > report["metrics"]["current"]["albums"]
    assert report["songs"] == ARTISTS * EACH

    assert embeddings(odd).shape[1] > before.shape[1]
    np.testing.assert_allclose(np.linalg.norm(embeddings(odd), axis=1), 1, atol=1e-4)
    assert nearest_artist(odd) == "Artist 0"
    (info,) = (m for m in odd.json("models", "list")["models"] if m["version"] == "ears-0001")
    assert (info["current"], info["parent"], info["of"]) == (True, "ears-bundled", "ears")
    assert info["checksum"]
    assert info["metrics"] == report["metrics"]["candidate"]

    assert odd.json("models", "use", "ears-bundled")["current"] is True
    np.testing.assert_array_equal(embeddings(odd), before)
    odd("models", "use", "ears-0001")
    assert nearest_artist(odd) == "Artist 0"
    assert "no new songs" in odd.json("retrain", "--ears")["reason"]


def test_every_profile_hears_with_the_ears_of_the_library(odd: Command) -> None:
    odd("retrain", "--ears")
    odd("like", "1", "--profile", "kim")
    assert odd.json("recommend", "--profile", "kim", "-n", "2")["tracks"]
    infos = odd.json("models", "list", "--profile", "kim")["models"]
    assert [m["version"] for m in infos if m["current"]][1:] == ["ears-0001"]


def test_damaged_ears_give_way_with_one_clear_line(odd: Command) -> None:
    before = embeddings(odd)
    odd("retrain", "--ears")
    path = odd.home / "ears" / "ears-0001.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    np.testing.assert_array_equal(embeddings(odd), before)
    assert "uses the bundled ears" in odd("recommend", "-n", "1").stderr
    assert "BAD  ears in use" in odd("doctor", status=1).stdout


def test_a_small_library_is_told_why_nothing_was_learned(musicrec: Command) -> None:
    report = musicrec.json("retrain", "--ears")
    assert report["promoted"] is False
    assert report["version"] == "ears-bundled"
    assert "artists with two analysed songs" in report["reason"]
    assert "artists with two" in musicrec("retrain", "--ears").stdout
    assert [m["of"] for m in musicrec.json("models", "list")["models"]] == ["taste"]


def test_an_empty_home_is_told_too(fresh: Command) -> None:
    assert fresh.json("retrain", "--ears")["promoted"] is False
