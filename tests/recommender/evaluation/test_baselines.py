import numpy as np
import pytest

from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.predictions import LabelledRows
from musicrec_core.recommender.evaluation import baselines

ALL = baselines.ONE_PERSON | baselines.EVERYBODY


def rows(count: int, seed: int = 0) -> LabelledRows:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(count, 4)).astype(np.float32)
    ratings = np.clip(np.round(3 + 1.5 * inputs[:, 0]), 1, 5).astype(np.float32)
    liked = np.where(ratings >= 4, 1, np.where(ratings <= 2, 0, np.nan)).astype(np.float32)
    inputs[rng.random(inputs.shape) < 0.05] = np.nan
    return LabelledRows(
        inputs, liked, ratings, np.zeros(count, int), np.arange(count) + 1000 * seed
    )


@pytest.mark.parametrize("name", ["nearest_liked", "logistic_regression", "gradient_boosting"])
def test_a_plain_taste_is_found(name: str) -> None:
    train, test = rows(200), rows(200, seed=1)
    guess = ALL[name](train, test, 0)
    is_finite = np.isfinite(test.liked)
    score = metrics.auc(guess.scores[is_finite], test.liked[is_finite])
    assert score is not None
    assert score > 0.8
    constant = metrics.rmse(np.full(200, 3.0, np.float32), test.ratings)
    error = metrics.rmse(guess.ratings, test.ratings)
    assert error is not None
    assert constant is not None
    assert error < constant


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("kind", ["one class", "one row", "constant", "infinite", "unrated"])
def test_bad_tables_get_guesses_all_the_same(name: str, kind: str) -> None:
    train, test = rows(30), rows(8, seed=1)
    if kind == "one class":
        train = train.take(train.liked == 1)
    elif kind == "one row":
        train = train.take(np.array([0]))
    elif kind == "constant":
        train.inputs[:] = 2.0
    elif kind == "infinite":
        train.inputs[::2], test.inputs[0] = np.inf, -np.inf
    else:
        train.ratings[:] = np.nan
    guess = ALL[name](train, test, 0)
    assert ((guess.scores >= 0) & (guess.scores <= 1)).all()
    assert len(guess.ratings) == 8


def test_the_bias_model_knows_strict_people_and_good_songs() -> None:
    users, tracks = np.repeat([0, 1], 40), np.tile(np.arange(40), 2)
    ratings = np.clip(2 + users + 2 * (tracks % 2), 1, 5).astype(np.float32)
    table = LabelledRows(np.zeros((80, 1), np.float32), np.full(80, np.nan), ratings, users, tracks)
    guess = baselines.user_item_bias(table, table, 0)
    assert guess.ratings[0] < guess.ratings[40] < guess.ratings[41]
