from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.data.rating_table import EvaluationTable, as_catalogue
from musicrec_core.recommender.evaluation import pooled_prior, sampling
from musicrec_core.recommender.evaluation.evaluate import evaluate
from musicrec_core.recommender.evaluation.sampling import RatingSample, sampling_note


def table(tracks: int, users: int, each: int) -> EvaluationTable:
    """Users who rate `each` tracks by the first column."""
    rng = np.random.default_rng(0)
    columns = rng.normal(size=(tracks, 3)).astype(np.float32)
    who = np.repeat(np.arange(users), each)
    what = np.concatenate([rng.permutation(tracks)[:each] for _ in range(users)])
    noise = rng.normal(size=len(what))
    ratings = np.clip(np.round(3 + 1.5 * columns[what, 0] + noise), 1, 5).astype(np.float32)
    return EvaluationTable(
        tuple(f"t{i}" for i in range(tracks)), columns, ("a", "b", "c"), ((),) * tracks,
        rng.integers(0, tracks // 3, tracks), tuple(f"u{i}" for i in range(users)), who, what,
        ratings,
    )  # fmt: skip


def test_of_a_table_that_is_not_large_everything_is_measured_and_nothing_is_said():
    made = table(60, 4, 20)
    sample = RatingSample.of(made, 0)
    assert sample.users.tolist() == [0, 1, 2, 3]
    assert sample.ratings.all()
    assert sampling_note(made, sample) == []


def test_of_many_users_whole_ones_are_drawn_and_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "MOST_MEASURED", 90)
    made = table(60, 12, 20)
    sample = RatingSample.of(made, 0)
    assert len(sample.users) == 4
    assert sorted(set(made.users[sample.ratings].tolist())) == sample.users.tolist()
    assert sample.ratings.sum() == 80
    (note,) = sampling_note(made, sample)
    assert "of 12 users 4, drawn at random, are measured on 80 ratings" in note


def test_of_one_user_with_too_many_ratings_a_part_is_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "MOST_MEASURED", 30)
    made = table(60, 1, 50)
    sample = RatingSample.of(made, 0)
    assert (len(sample.users), int(sample.ratings.sum())) == (1, 30)
    assert sampling_note(made, sample) == ["of 50 ratings 30, drawn at random, are measured"]


def test_figures_and_predictions_are_of_the_measured_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "MOST_USERS", 3)
    evaluation = evaluate(table(90, 8, 30), folds=2, seed=1)
    assert evaluation.users == 3
    assert len({p.user_id for p in evaluation.predictions}) == 3
    assert len(evaluation.predictions) == 90
    assert any("of 8 users 3" in note for note in evaluation.notes)
    assert evaluation.mean.auc is not None
    assert evaluation.mean.auc > 0.6


def test_a_track_of_which_no_rating_was_drawn_has_a_word_of_the_crowd_all_the_same():
    made = table(200, 5, 40)
    drawn = np.flatnonzero(made.tracks < 120)
    pooled = pooled_prior.PooledPrior.of(
        as_catalogue(made), made.groups, made.users[drawn], made.tracks[drawn],
        made.ratings[drawn], 0,
    )  # fmt: skip
    assert pooled is not None
    assert np.isfinite(pooled.unseen_logits).all()


def test_of_many_tracks_a_sample_stands_for_the_rest(monkeypatch: pytest.MonkeyPatch):
    made = table(400, 2, 60)
    whole = evaluate(made, folds=2, seed=1)
    monkeypatch.setattr("musicrec_core.recommender.evaluation.cross_validate.BACKGROUND", 100)
    sampled = evaluate(replace(made), folds=2, seed=1)
    assert sampled.predictions != whole.predictions
    assert sampled.mean.auc == pytest.approx(whole.mean.auc, abs=0.05)
