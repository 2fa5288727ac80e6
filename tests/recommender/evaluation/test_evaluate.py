from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.errors import TableError
from musicrec_core.recommender.data.rating_table import EvaluationTable
from musicrec_core.recommender.evaluation import cross_validate, neighbours
from musicrec_core.recommender.evaluation.compare import RetrainComparison
from musicrec_core.recommender.evaluation.evaluate import Evaluation, evaluate
from musicrec_core.recommender.taste import fit
from musicrec_core.recommender.taste.forward import Block
from musicrec_core.recommender.taste.tree_block import TreeBlock
from tests.support import worlds

FIGURES = ("auc", "ndcg_at_10", "logloss", "rmse")


def table(tracks: int = 50, users: int = 2, seed: int = 0) -> EvaluationTable:
    """Users who rate every track by its first column, and at random by nothing else."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(tracks, 3)).astype(np.float32)
    who, what = np.repeat(np.arange(users), tracks), np.tile(np.arange(tracks), users)
    ratings = np.clip(np.round(3 + 2 * columns[what, 0]), 1, 5).astype(np.float32)
    return EvaluationTable(
        track_ids=tuple(f"t{i}" for i in range(tracks)),
        columns=columns,
        column_names=("energy", "tempo", "valence"),
        tags=tuple(("rock",) if i % 2 else ("jazz", "calm") for i in range(tracks)),
        groups=rng.integers(0, tracks // 3, tracks),
        user_ids=tuple(f"u{i}" for i in range(users)),
        users=who,
        tracks=what,
        ratings=ratings,
    )


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate(table(), folds=2, seed=1)


def test_a_plain_taste_is_learned_beside_every_baseline(found: Evaluation) -> None:
    assert (found.users, found.folds) == (2, 2)
    assert found.mean.auc is not None
    assert found.mean.auc > 0.9
    wanted = {"logistic_regression", "gradient_boosting", "nearest_liked", "prior_mean"}
    assert wanted <= set(found.baselines)
    assert found.mean.rmse < found.baselines["prior_mean"].rmse


def test_every_rating_is_predicted_once_and_no_group_is_in_two_folds(found: Evaluation) -> None:
    made = table()
    assert len({(p.user_id, p.track_id) for p in found.predictions}) == len(made.ratings)
    group = dict(zip(made.track_ids, made.groups.tolist(), strict=True))
    folds: dict[int, set[int]] = {}
    for p in found.predictions:
        assert 0 <= p.score <= 1
        folds.setdefault(group[p.track_id], set()).add(p.fold)
    assert all(len(some) == 1 for some in folds.values())


def test_the_same_seed_gives_the_same_evaluation(found: Evaluation) -> None:
    assert evaluate(table(), folds=2, seed=1).predictions == found.predictions


def test_the_group_is_no_input() -> None:
    made = table(users=1)
    renamed = replace(made, groups=made.groups.max() - made.groups)
    first, again = (evaluate(t, folds=2, seed=0) for t in (made, renamed))
    assert first.folds == again.folds == 2
    alone = replace(made, columns=np.zeros_like(made.columns), tags=((),) * len(made.tags))
    assert evaluate(alone, folds=3).mean.auc == pytest.approx(0.5, abs=0.2)


def test_a_user_with_one_rating_or_one_kind_is_survived() -> None:
    made = table(users=3)
    kept = (made.users == 0) | ((made.users == 1) & (made.ratings >= 4))
    kept |= (made.users == 2) & (made.tracks == 0)
    small = replace(
        made, users=made.users[kept], tracks=made.tracks[kept], ratings=made.ratings[kept]
    )
    evaluation = evaluate(small, folds=3)
    assert evaluation.users == 3
    assert len(evaluation.predictions) == kept.sum()


def test_only_neutral_ratings_leave_ranking_unmeasured() -> None:
    made = table(users=1)
    evaluation = evaluate(replace(made, ratings=np.full_like(made.ratings, 3)), folds=2)
    assert (evaluation.mean.auc, evaluation.mean.logloss) == (None, None)
    assert evaluation.mean.rmse is not None
    assert all(m.auc is None for m in evaluation.baselines.values())


def test_nan_infinity_and_constant_columns_are_survived() -> None:
    made = table(users=1)
    columns = made.columns.copy()
    columns[::3, 1], columns[::4, 2] = np.nan, np.inf
    odd = np.concatenate([columns, np.full((len(columns), 2), [7.0, np.nan])], axis=1)
    names = (*made.column_names, "same", "empty")
    evaluation = evaluate(
        replace(made, columns=odd.astype(np.float32), column_names=names), folds=2
    )
    assert evaluation.mean.auc is not None
    assert evaluation.mean.auc > 0.9


def test_a_table_without_columns_or_tags_is_survived() -> None:
    made = table(users=1)
    bare = replace(made, columns=made.columns[:, :0], column_names=(), tags=((),) * len(made.tags))
    assert evaluate(bare, folds=2).mean.rmse is not None


def test_a_repeated_rating_counts_once_the_last_time() -> None:
    made = table(users=1)
    twice = replace(
        made,
        users=np.tile(made.users, 2),
        tracks=np.tile(made.tracks, 2),
        ratings=np.concatenate([6 - made.ratings, made.ratings]),
    )
    assert evaluate(twice, folds=2).mean == evaluate(made, folds=2).mean


def test_more_ratings_than_can_be_learned_from_are_drawn_and_all_predicted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cross_validate, "MOST_TRAINING_ROWS", 30)
    monkeypatch.setattr(neighbours, "MOST_NEIGHBOURS", 20)
    monkeypatch.setattr(neighbours, "GOALS_AT_ONCE", 7)
    made = table(users=1, tracks=120)
    evaluation = evaluate(made, folds=2)
    assert len(evaluation.predictions) == len(made.ratings)
    assert evaluation.mean.auc > 0.8
    assert evaluation.baselines["nearest_liked"].auc > 0.6


@pytest.mark.parametrize("tracks", [60, 260])
def test_what_is_measured_is_what_retrain_would_build_of_as_many_rows(
    monkeypatch: pytest.MonkeyPatch, tracks: int
) -> None:
    built: list[tuple[int, list[tuple]]] = []
    select = fit.select_members

    def noted(base, parts, told, offsets):
        built.append((len(told), [outline(block) for part in parts for block in part.blocks]))
        return select(base, parts, told, offsets)

    monkeypatch.setattr(fit, "select_members", noted)
    evaluate(table(tracks, users=1), folds=2)
    rows, measured = built[0]
    catalogue, bundled = worlds.library(300), worlds.nearness_net()
    history = worlds.history(np.arange(rows), np.arange(rows) % 3 > 0)
    comparison = RetrainComparison(catalogue, history, catalogue.artists, bundled, bundled, seed=0)
    comparison.train(comparison.training_set(history))
    assert built[-1] == (rows, measured)


def outline(block: Block | TreeBlock) -> tuple:
    """What a block is made like, whatever it reads."""
    if isinstance(block, TreeBlock):
        return ("trees", block.leaves.shape[1])
    return (block.members, block.knots.shape[1], *(w.shape[1:] for w in block.weights[1:]))


def test_one_of_very_many_users_stands_on_the_network_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cross_validate, "MANY_USERS", 2)
    monkeypatch.setattr(fit, "networks", lambda *a: pytest.fail("a network of one's own"))
    monkeypatch.setattr(fit, "trees", lambda *a: pytest.fail("trees of one's own"))
    assert evaluate(table(users=3, tracks=160), folds=2).mean.auc > 0.9


def test_users_of_a_table_learn_from_each_other() -> None:
    made = table(users=10, tracks=60)
    some = np.flatnonzero(np.random.default_rng(0).random(len(made.ratings)) < 0.35)
    few = replace(
        made, users=made.users[some], tracks=made.tracks[some], ratings=made.ratings[some]
    )
    constant = np.concatenate([few.columns, np.ones((60, 1), np.float32)], axis=1)
    few = replace(few, columns=constant, column_names=(*few.column_names, "same"))
    evaluation = evaluate(few, folds=2)
    alone = [evaluate(replace(few, user_ids=("u",), users=0 * u, tracks=t, ratings=r), folds=2)
             for u, t, r in _of_each_user(few)]  # fmt: skip
    assert evaluation.mean.rmse < np.mean([a.mean.rmse for a in alone])


def _of_each_user(made: EvaluationTable):
    for user in range(len(made.user_ids)):
        own = made.users == user
        yield made.users[own], made.tracks[own], made.ratings[own]


def test_what_cannot_be_held_out_is_refused_in_words() -> None:
    made = table(users=1)
    with pytest.raises(TableError, match="one group"):
        evaluate(replace(made, groups=np.zeros_like(made.groups)))
    with pytest.raises(TableError, match="no ratings"):
        evaluate(
            replace(made, users=made.users[:0], tracks=made.tracks[:0], ratings=made.ratings[:0])
        )


def test_fewer_groups_than_folds_make_fewer_folds() -> None:
    made = table(users=1)
    assert evaluate(replace(made, groups=made.groups % 3), folds=10).folds == 3


def test_every_baseline_has_every_figure(found: Evaluation) -> None:
    for metrics in found.baselines.values():
        assert all(getattr(metrics, name) is not None for name in FIGURES)


def test_two_ratings_by_one_user_are_guessed_without_knowing_better() -> None:
    made = table(tracks=4, users=1)
    two = replace(
        made, groups=np.arange(4), users=made.users[:2], tracks=np.array([0, 3]),
        ratings=np.array([5, 1], np.float32),
    )  # fmt: skip
    evaluation = evaluate(two, folds=3)
    assert len(evaluation.predictions) == 2
    assert all(np.isfinite(p.score) for p in evaluation.predictions)
