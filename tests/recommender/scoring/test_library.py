from dataclasses import replace

import numpy as np
import pytest

from musicrec_core import paths
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.user import UserFeatures
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring.library import (
    LibraryScorer,
    ordinary,
    ordinary_rows,
    score_library,
)
from musicrec_core.recommender.scoring.shapley import shares
from tests.recommender.taste_world import LOUD, kind_of, library, nothing_said, opinions

PRIOR = Prior({"calm": 0.5, "loud": -0.5, "jazz": 0.2}, np.empty(0))


@pytest.fixture(scope="module")
def net():
    return checkpoint.load(paths.bundled_models() / "taste.safetensors")


def test_a_planted_taste_fills_the_top_of_the_list(net):
    scoring = score_library(net, library(), opinions([1, 3, 11]), prior=PRIOR)
    assert (kind_of(scoring.top_rows[:40]) == LOUD).mean() > 0.9


@pytest.mark.parametrize("given", [{"sound": False}, {"tags": False}])
def test_one_source_is_enough_to_find_the_taste(net, given):
    scoring = score_library(net, library(**given), opinions([1, 3, 11]), prior=PRIOR)
    assert (kind_of(scoring.top_rows[:40]) == LOUD).mean() > 0.8


def test_a_like_raises_what_is_near_and_a_dislike_lowers_it(net):
    before = score_library(net, library(), opinions([1]), prior=PRIOR).scores
    near = library().artists == library().artists[30]
    liked = score_library(net, library(), opinions([1, 30]), prior=PRIOR).scores
    disliked = score_library(net, library(), opinions([1], [30]), prior=PRIOR).scores
    assert liked[near].mean() > before[near].mean() > disliked[near].mean()


def test_without_feedback_the_prior_alone_orders_and_explains(net):
    scoring = score_library(net, library(), nothing_said(), prior=PRIOR)
    assert np.ptp(scoring.scores) > 0
    assert all(terms and terms[0].group == "popular" for terms in scoring.contributions[:5])
    assert scoring.contributions[0][0].evidence_tag in ("calm", "jazz")


def test_scores_and_uncertainty_are_probabilities_and_spreads(net):
    scoring = score_library(net, library(), opinions([1, 3], [2]), top=10, prior=PRIOR)
    assert ((scoring.scores > 0) & (scoring.scores < 1)).all()
    assert (scoring.uncertainty >= 0).all()
    assert (np.diff(scoring.scores[scoring.top_rows]) <= 0).all()
    assert len(scoring.contributions) == len(scoring.top_rows) == 10


def test_shares_add_up_to_the_whole_distance_from_the_ordinary(net):
    view = UserFeatures.of(library(), opinions([1, 3, 9], [2]), PRIOR)
    reference = ordinary(view.inputs(ordinary_rows(len(library()), view.history.rows)))
    inputs = view.inputs(np.arange(30))
    _, shares_found = shares(net, inputs, reference)
    distance = net.logits(inputs) - net.logits(reference[None])
    assert np.allclose(shares_found.sum(axis=1), distance, atol=1e-4)


def test_the_ordinary_is_of_songs_of_which_nothing_was_said():
    assert ordinary_rows(5, np.array([2, 3, 4])).tolist() == [0, 1]
    assert ordinary_rows(5, np.arange(5)).tolist() == [0, 1, 2, 3, 4]  # where there is no other
    assert ordinary(np.array([[1.0], [2.0], [9.0]], np.float32)).tolist() == [2.0]


def test_a_group_that_is_as_usual_has_no_share(net):
    view = UserFeatures.of(library(sound=False), opinions([1, 3]), PRIOR)
    middle = ordinary(view.inputs(ordinary_rows(len(library()), view.history.rows)))
    names, shares_found = shares(net, view.inputs(np.arange(30)), middle)
    assert (shares_found[:, names.index("sound")] == 0).all()


def test_swapping_the_names_of_groups_swaps_their_shares(net):
    view = UserFeatures.of(library(), opinions([1, 3]), PRIOR)
    swap = {"sound": "culture", "culture": "sound"}
    other = replace(net, input_groups=tuple(swap.get(g, g) for g in net.input_groups))
    middle = ordinary(view.inputs(ordinary_rows(len(library()), view.history.rows)))
    names, shares_found = shares(net, view.inputs(np.arange(9)), middle)
    others, turned = shares(other, view.inputs(np.arange(9)), middle)
    assert np.allclose(
        shares_found[:, names.index("sound")], turned[:, others.index("culture")], atol=1e-4
    )


def test_a_named_song_really_is_behind_the_score(net):
    history = opinions([1, 3, 9, 25, 60])
    scoring = score_library(net, library(), history, top=20, prior=PRIOR)
    count = fell = 0
    for row, terms in zip(scoring.top_rows, scoring.contributions, strict=True):
        for term in terms:
            if term.weight > 0 and term.evidence_row is not None:
                rest = [r for r in history.rows.tolist() if r != term.evidence_row]
                again = score_library(net, library(), opinions(rest), top=1, prior=PRIOR)
                count += 1
                fell += again.scores[row] < scoring.scores[row]
    assert count > 10
    assert fell / count >= 0.9


def test_any_row_can_be_explained_as_the_best_ones_are(net):
    history = opinions([1, 3, 9], [2])
    scoring = score_library(net, library(), history, top=5, prior=PRIOR)
    explained = LibraryScorer.of(net, library(), history, PRIOR).explained(scoring.top_rows)
    for one, other in zip(scoring.contributions, explained, strict=True):
        assert [term.group for term in one] == [term.group for term in other]
