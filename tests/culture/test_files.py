"""A damaged map is refused with a clear error, a whole one comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.culture.files import read, write
from musicrec_core.culture.map import CultureMap
from musicrec_core.errors import ModelError
from musicrec_core.paths import bundled_models
from tests.culture.test_map import planted_data


@pytest.fixture
def stem(tmp_path: Path) -> Path:
    write(tmp_path / "culture", planted_data(), {"source": "planted"})
    return tmp_path / "culture"


def test_what_is_written_comes_back(stem: Path) -> None:
    ours, back = planted_data(), read(stem)
    assert back.artist_names == ours.artist_names
    assert back.tag_names == ours.tag_names
    np.testing.assert_allclose(back.artist_vectors, ours.artist_vectors, atol=0.01)
    np.testing.assert_allclose(back.tag_vectors, ours.tag_vectors, atol=0.01)
    np.testing.assert_array_equal(back.listeners, ours.listeners)
    np.testing.assert_array_equal(back.tag_index, ours.tag_index)
    np.testing.assert_allclose(back.tag_weight, ours.tag_weight, atol=0.005)


def test_vectors_that_lie_in_columns_are_written_in_rows(tmp_path: Path) -> None:
    data = planted_data()
    columns = np.asfortranarray(data.artist_vectors)
    turned = type(data)(
        **{name: getattr(data, name) for name in data.__slots__ if name != "artist_vectors"},
        artist_vectors=columns,
    )
    write(tmp_path / "culture", turned, {})
    np.testing.assert_allclose(read(tmp_path / "culture").artist_vectors, columns, atol=0.01)


@pytest.mark.parametrize("suffix", ["", ".json", ".safetensors"])
def test_either_file_or_their_stem_names_the_map(stem: Path, suffix: str) -> None:
    assert CultureMap.load(stem.with_suffix(suffix)).tag_names == planted_data().tag_names


def test_changed_weights_are_refused(stem: Path) -> None:
    path = stem.with_suffix(".safetensors")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="checksum"):
        CultureMap.load(stem)


@pytest.mark.parametrize("suffix", [".json", ".safetensors"])
def test_a_missing_file_is_named(stem: Path, suffix: str) -> None:
    stem.with_suffix(suffix).unlink()
    with pytest.raises(ModelError, match="missing"):
        CultureMap.load(stem)


@pytest.mark.parametrize("text", ["", "not json", "[]", "null", "3", "{}", '{"format": 1}'])
def test_a_damaged_description_is_refused(stem: Path, text: str) -> None:
    stem.with_suffix(".json").write_text(text)
    with pytest.raises(ModelError):
        CultureMap.load(stem)


@pytest.mark.parametrize("key", ["artist_names", "artist_keys", "tag_names"])
def test_names_that_do_not_fit_the_vectors_are_refused(stem: Path, key: str) -> None:
    path = stem.with_suffix(".json")
    described = json.loads(path.read_text())
    described[key] = described[key][:-1]
    path.write_text(json.dumps(described))
    with pytest.raises(ModelError):
        CultureMap.load(stem)


def test_a_renamed_artist_is_refused(stem: Path) -> None:
    path = stem.with_suffix(".json")
    path.write_text(path.read_text().replace("Louder", "Softer"))
    with pytest.raises(ModelError, match="checksum"):
        CultureMap.load(stem)


def test_a_map_of_another_format_is_refused(stem: Path) -> None:
    path = stem.with_suffix(".json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(ModelError, match="format"):
        CultureMap.load(stem)


def test_the_bundled_map_is_small_and_names_its_source() -> None:
    stem = bundled_models() / "culture"
    size = sum(stem.with_suffix(suffix).stat().st_size for suffix in (".json", ".safetensors"))
    described = json.loads(stem.with_suffix(".json").read_text("utf-8"))
    assert size <= 5_000_000
    assert described["source"]
    assert described["licence"]


def test_bundled_weights_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in bundled_models().iterdir()}
    assert {name: size for name, size in sizes.items() if size >= 5_000_000} == {}


def test_bundled_keys_are_those_that_the_code_makes_today() -> None:
    from musicrec_core.names import artist_key

    data = read(bundled_models() / "culture")
    assert data.artist_keys == tuple(map(artist_key, data.artist_names))
