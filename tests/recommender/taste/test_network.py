import numpy as np
import pytest

from musicrec_core.recommender.taste.examples import Examples, Recipe
from musicrec_core.recommender.taste.forward import Block, Shape, TasteNet
from musicrec_core.recommender.taste.piecewise_linear import Knots, positions
from musicrec_core.recommender.taste.training import fit

SMALL = Recipe(Shape(bins=6, embedding=3, hidden=(12, 8), members=4), max_epochs=40, patience=8)


def world(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(rows, 4)).astype(np.float32)
    liked = (inputs[:, 0] * inputs[:, 1] > 0).astype(np.float32)
    inputs[rng.random(inputs.shape) < 0.03] = np.nan
    return inputs, liked


@pytest.fixture(scope="module")
def block() -> Block:
    inputs, liked = world(600)
    return fit(
        Examples.of(inputs[:450], liked[:450]), Examples.of(inputs[450:], liked[450:]), SMALL
    ).block


def net_of(block: Block) -> TasteNet:
    return TasteNet(("a", "b", "c", "d"), ("x", "x", "y", "y"), (block,))


def test_an_interaction_that_no_linear_model_sees_is_learnt(block: Block) -> None:
    inputs, liked = world(400, seed=1)
    assert ((net_of(block).scores(inputs) > 0.5) == (liked > 0.5)).mean() > 0.85


def test_numpy_gives_what_torch_gives() -> None:
    import torch

    from musicrec_core.recommender.taste.network import TasteMLP

    inputs, _ = world(300)
    inputs[5], inputs[6] = np.inf, -1e30
    torch.manual_seed(3)
    net = TasteMLP(Knots.of(inputs[10:], 6), SMALL.shape).eval()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter += torch.randn_like(parameter) * 0.3
        wanted = net(torch.from_numpy(net.knots.positions(inputs))).numpy()
    assert np.allclose(net.to_block().member_logits(inputs), wanted, atol=1e-4)


def test_a_row_among_thousands_scores_as_it_does_among_few(block: Block) -> None:
    inputs, _ = world(20_000, seed=2)
    some = np.arange(0, 20_000, 37)
    alone = np.concatenate(
        [block.member_logits(inputs[part]) for part in np.split(some[:540], 60)], 1
    )
    assert np.allclose(block.member_logits(inputs)[:, some[:540]], alone, atol=1e-5)


def test_values_in_no_order_lie_between_the_knots_that_surround_them() -> None:
    inputs, _ = world(5000)
    at = positions(Knots.of(inputs, 12).at, inputs)
    knots = Knots.of(inputs, 12).at[0]
    is_finite = np.isfinite(at[:, 0])
    wanted = np.interp(inputs[is_finite, 0], knots, np.arange(len(knots)))
    assert np.array_equal(is_finite, np.isfinite(inputs[:, 0]))
    assert np.allclose(at[is_finite, 0], wanted, atol=1e-4)


def test_huge_and_tiny_values_lie_between_their_knots() -> None:
    rng = np.random.default_rng(0)
    inputs = (rng.uniform(-3, 3, (300, 2)) * [1e38, 1e-38]).astype(np.float32)
    at = positions(Knots.of(inputs, 12).at, inputs)
    assert ((at >= 0) & (at <= 12)).all()


def test_the_same_seed_gives_the_same_network() -> None:
    inputs, liked = world(200)
    examples = Examples.of(inputs, liked)
    short = Recipe(SMALL.shape, max_epochs=3)
    first, again = (fit(examples, examples, short, seed=7).block for _ in range(2))
    other = fit(examples, examples, short, seed=8).block
    assert np.array_equal(first.weights[0], again.weights[0])
    assert not np.array_equal(first.weights[0], other.weights[0])


def test_training_leaves_the_callers_random_numbers_alone() -> None:
    import torch

    inputs, liked = world(100)
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    fit(Examples.of(inputs, liked), Examples.of(inputs, liked), Recipe(SMALL.shape, max_epochs=1))
    assert torch.equal(before, torch.random.get_rng_state())


def test_constant_empty_and_infinite_columns_are_survived() -> None:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(120, 5)).astype(np.float32)
    liked = (inputs[:, 0] > 0).astype(np.float32)
    inputs[:, 1], inputs[:, 2], inputs[::2, 3], inputs[:, 4] = 7.0, np.nan, np.inf, 2e9
    examples = Examples.of(inputs, liked)
    fitted = fit(examples, examples, Recipe(SMALL.shape, max_epochs=10))
    assert np.isfinite(fitted.block.member_logits(inputs)).all()


def test_a_prior_is_an_offset_to_every_member(block: Block) -> None:
    inputs, _ = world(50)
    groups = ("x",) * 4
    alone = TasteNet(tuple("abcd"), groups, (block,))
    standing = TasteNet(tuple("abcd"), groups, (block,), prior=(block,), prior_weight=0.5)
    assert np.allclose(standing.logits(inputs), 1.5 * alone.logits(inputs), atol=1e-4)
    only_prior = TasteNet(tuple("abcd"), groups, (), prior=(block,))
    assert np.allclose(only_prior.logits(inputs), alone.logits(inputs), atol=1e-5)


def test_scores_are_probabilities_and_uncertainty_is_not_negative(block: Block) -> None:
    inputs, _ = world(50)
    net = net_of(block)
    assert ((net.scores(inputs) >= 0) & (net.scores(inputs) <= 1)).all()
    assert (net.uncertainty(inputs) >= 0).all()
    assert net.scores(inputs[:0]).shape == (0,)


def test_missing_is_not_the_same_as_zero() -> None:
    at = Knots.of(np.array([[0.0], [1.0], [2.0]], np.float32), 4).at
    assert np.isnan(positions(at, np.array([[np.nan]], np.float32)))[0, 0]
    assert positions(at, np.array([[-5.0], [9.0]], np.float32)).ravel().tolist() == [0.0, 4.0]


def test_arrays_that_do_not_fit_are_refused(block: Block) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Block(block.columns, block.knots, block.tables, block.weights[:-1], block.biases[:-1])
    with pytest.raises(ValueError, match="no name"):
        TasteNet(("a",), ("x",), (block,))


def test_a_row_scores_the_same_alone_as_among_others_that_share_most_inputs(block: Block) -> None:
    inputs, _ = world(50, seed=3)
    inputs[:, 1], inputs[:, 3] = 0.7, -0.2
    net = net_of(block)
    alone = np.concatenate([net.logits(row[None]) for row in inputs])
    assert np.allclose(net.logits(inputs), alone, atol=1e-5)
