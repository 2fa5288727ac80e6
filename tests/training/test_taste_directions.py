import numpy as np
import torch

from musicrec_core.recommender.data.metrics import auc
from training import taste_directions, taste_worlds
from training.taste_directions import Place

SIZE = 6


def places(count: int) -> list[Place]:
    """People who differ along the first two numbers alone, on a map where all six are as wide."""
    rng = np.random.default_rng(0)
    made = []
    for _ in range(count):
        taste = np.zeros(SIZE)
        taste[:2] = rng.normal(size=2)
        points = rng.normal(size=(200, SIZE)).astype(np.float32)
        best = np.argsort(-points @ taste)[:13]
        rest = rng.permutation(np.setdiff1d(np.arange(200), best))[:10]
        labels = np.repeat([1.0, 0.0], 10).astype(np.float32)
        candidates = np.concatenate([points[best[3:]], points[rest]])
        made.append(Place(candidates, labels, points[best[:3]], np.ones(3, np.float32),
                          np.eye(SIZE, dtype=np.float32), swaps=False))  # fmt: skip
    return made


def test_the_prior_learns_which_ways_tastes_differ() -> None:
    taught = taste_directions.fit(places(400), seed=0)
    stiff = np.diag(taught.precision)
    assert stiff[2:].min() > 1.2 * stiff[:2].max()


def test_torch_and_numpy_say_the_same() -> None:
    batch = places(3)
    layer = taste_directions._Layer(SIZE)
    with torch.no_grad():
        layer.root.normal_(0, 0.1), layer.metric.normal_(0, 0.1), layer.mean.normal_()
        candidates, _, _, _, *rest = taste_directions._padded(batch)
        in_torch = layer(candidates, *rest).numpy()
    directions_given = layer.directions()
    for place, logits in zip(batch, in_torch, strict=True):
        assert np.allclose(taste_directions.scores(directions_given, place), logits, atol=1e-4)


def test_a_person_is_read_by_what_others_teach() -> None:
    many = places(60)
    people = np.repeat(np.arange(20), 3)
    _, along = taste_directions.crossed([*many[:-1], None], people, folds=2, seed=0)
    assert along[-1] is None
    right = [auc(a, p.labels) for a, p in zip(along[:-1], many[:-1], strict=True)]
    assert np.mean(right) > 0.7


def test_likes_and_goals_change_places_and_nothing_else_does() -> None:
    before = places(1)[0]
    before = Place(before.candidates, before.labels, before.history, before.values,
                   before.spread, swaps=True)  # fmt: skip
    after = before.swapped(np.random.default_rng(1))
    assert np.array_equal(after.candidates[10:], before.candidates[10:])

    def pool(place: Place) -> np.ndarray:
        return np.sort(np.concatenate([place.history, place.candidates[:10]]), axis=0)

    assert np.array_equal(pool(after), pool(before))
    assert not np.array_equal(after.history, before.history)


def test_a_turned_map_is_turned_back() -> None:
    rng = np.random.default_rng(0)
    points, basis = rng.normal(size=(30, SIZE)), np.linalg.qr(rng.normal(size=(SIZE, SIZE)))[0]
    goals = points @ basis
    points[3] = np.nan
    assert np.allclose(taste_worlds.rotation(points, goals), basis)
