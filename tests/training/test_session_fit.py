import numpy as np
import pytest
import torch

from musicrec_core.recommender.data.metrics import auc
from musicrec_core.recommender.taste.forward import Shape, TasteNet
from training import session_fit

SHAPE = Shape(bins=6, embedding=3, hidden=(8,), members=2, dropout=0.0)


def sessions_of(count: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first input is liked, against a level that each session has of its own."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(count * rows, 3)).astype(np.float32)
    level = np.repeat(rng.normal(0, 3, count), rows)
    liked = rng.random(count * rows) < 1 / (1 + np.exp(-(3 * inputs[:, 0] + level)))
    return inputs, liked.astype(np.float32), np.repeat(np.arange(count), rows)


def test_what_is_liked_is_learned_through_the_sessions_levels() -> None:
    inputs, liked, sessions = sessions_of(60, 20)
    recipe = session_fit.Recipe(SHAPE, batch_rows=100, epochs=8)
    alike = np.ones(len(liked), np.float32)
    block = session_fit.fit(inputs, liked, sessions, alike, recipe, seed=0)
    scores = TasteNet(("a", "b", "c"), ("x", "x", "x"), (block,)).logits(inputs)
    measured = auc(scores, (inputs[:, 0] > 0).astype(np.float32))
    assert measured is not None
    assert measured > 0.95


def test_every_row_is_in_one_batch_and_no_session_in_two() -> None:
    sessions = np.repeat(np.arange(7), [3, 1, 4, 1, 5, 9, 2])
    batches = [batch.numpy() for batch in session_fit._batches(sessions, 6)]
    assert sorted(np.concatenate(batches)) == list(range(len(sessions)))
    held = [set(sessions[batch]) for batch in batches]
    assert sum(map(len, held)) == 7
    assert len(batches) > 1


def test_without_its_level_a_session_promises_as_many_likes_as_it_has() -> None:
    logits = torch.tensor([[3.0, 4.0, 3.5, -1.0, -2.0]])
    targets, sessions = torch.tensor([1.0, 0, 0, 1, 0]), torch.tensor([4, 4, 4, 9, 9])
    chances = torch.sigmoid(logits - session_fit._levels(logits, targets, sessions))[0]
    assert float(chances[:3].sum()) == pytest.approx(1, abs=0.2)
    assert float(chances[3:].sum()) == pytest.approx(1, abs=0.2)


def test_an_input_that_is_carried_is_added_to_every_members_logit() -> None:
    inputs, liked, sessions = sessions_of(20, 10)
    alike = np.ones(len(liked), np.float32)
    recipe = session_fit.Recipe(SHAPE, batch_rows=100, epochs=1)
    block = session_fit.fit(inputs, liked, sessions, alike, recipe, seed=0)
    more = session_fit.carrying(block, 2).member_logits(inputs) - block.member_logits(inputs)
    assert np.allclose(more, inputs[:, 2], atol=1e-4)


def test_what_is_carried_need_not_be_learned_again() -> None:
    inputs, liked, sessions = sessions_of(60, 20)
    alike = np.ones(len(liked), np.float32)
    recipe = session_fit.Recipe(SHAPE, learning_rate=0.0, epochs=1)
    block = session_fit.fit(inputs, liked, sessions, alike, recipe, seed=0, carried=0)
    scores = TasteNet(("a", "b", "c"), ("x", "x", "x"), (block,)).logits(inputs)
    measured = auc(scores, (inputs[:, 0] > 0).astype(np.float32))
    assert measured is not None
    assert measured > 0.8
