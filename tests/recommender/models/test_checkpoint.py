import json
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.errors import ModelError
from musicrec_core.recommender.models import card, checkpoint
from musicrec_core.recommender.taste.forward import Block, TasteNet
from musicrec_core.recommender.taste.tree_block import TreeBlock


def some_net() -> TasteNet:
    rng = np.random.default_rng(0)

    def array(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    block = Block(
        columns=np.arange(2),
        knots=np.sort(array(2, 4), axis=1),
        tables=array(2, 5, 3),
        weights=(array(4, 6, 5), array(4, 5, 1)),
        biases=(array(4, 5), array(4, 1)),
    )
    trees = TreeBlock(rng.integers(0, 2, (5, 3)), array(5, 3), array(5, 8))
    return TasteNet(
        ("near liked", "year"), ("sound", "era"), (block, trees), (block,), 0.7, (1.2, -0.1),
        (1.0, 4.0),
    )  # fmt: skip


def test_what_is_loaded_scores_as_what_was_saved(tmp_path: Path) -> None:
    net, path = some_net(), tmp_path / "m.safetensors"
    checkpoint.save(net, path, {"version": "p1"})
    loaded = checkpoint.load(path)
    inputs = np.random.default_rng(1).normal(size=(9, 2)).astype(np.float32)
    assert np.array_equal(loaded.scores(inputs), net.scores(inputs))
    assert loaded.rating_line == net.rating_line
    assert loaded.input_groups == net.input_groups
    assert card.read_meta(path) == {"version": "p1"}


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(bytes(content))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def forget_the_description(path: Path) -> None:
    path.with_suffix(".json").unlink()


def garble_the_description(path: Path) -> None:
    path.with_suffix(".json").write_text("{", encoding="utf-8")


def rename_an_input(path: Path) -> None:
    beside = path.with_suffix(".json")
    described = json.loads(beside.read_text())
    beside.write_text(json.dumps(described | {"input_names": ["one"]}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [flip_a_byte, cut_short, forget_the_description, garble_the_description, rename_an_input],
)
def test_a_damaged_model_is_refused_in_one_line(tmp_path: Path, damage) -> None:
    path = tmp_path / "m.safetensors"
    checkpoint.save(some_net(), path)
    damage(path)
    with pytest.raises(ModelError) as caught:
        checkpoint.load(path)
    assert "\n" not in str(caught.value)


def test_numbers_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    net, path = some_net(), tmp_path / "m.safetensors"
    net.blocks[0].biases[0][0, 0] = np.nan
    checkpoint.save(net, path)
    with pytest.raises(ModelError, match="not finite"):
        checkpoint.load(path)
