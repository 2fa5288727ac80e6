import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.ranking.calibrate import Calibration, knows_enough, within_reach
from musicrec_core.recommender.ranking.dials import leaning
from musicrec_core.recommender.ranking.list_rules import CALIBRATED, Rules
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.scoring.library import Scoring
from tests.recommender.taste_world import LOUD, kind_of, library, nothing_said, opinions

WORLD = library()
EVERY = np.arange(len(WORLD))
LIKED = 32


def liked(loud: int) -> list[int]:
    """So many loud songs, and calm ones for the rest."""
    is_loud = kind_of(EVERY) == LOUD
    return [*EVERY[is_loud][:loud], *EVERY[~is_loud][: LIKED - loud]]


def astray(loud: int, calibrated: float = CALIBRATED) -> float:
    """Share of a list that is of another interest than it should be; scores favour the loud."""
    rng = np.random.default_rng(0)
    is_loud = kind_of(EVERY) == LOUD
    scores = (0.5 * is_loud + 0.5 * rng.random(len(EVERY))).astype(np.float32)
    made = Scoring(scores, scores * 0, np.argsort(-scores), ())
    allowed = ~np.isin(EVERY, liked(loud))
    rules = Rules(explore=0, calibrated=calibrated)
    picks = rank(WORLD, opinions(liked(loud)), made, 20, allowed=allowed, rules=rules)
    shares = Calibration.of(WORLD, opinions(liked(loud)), np.array([pick.row for pick in picks]))
    assert shares is not None
    counts = np.bincount(shares.interest, minlength=len(shares.target) + 1)
    return float(np.abs(counts / 20 - np.append(shares.target, 0)).sum() / 2)


@settings(max_examples=15, deadline=None)
@given(st.integers(4, LIKED - 4))
def test_a_list_keeps_the_shares_of_what_was_liked(loud):
    assert astray(loud) <= 0.25
    assert astray(loud) < astray(loud, 0.0) / 2


def test_a_list_asked_to_be_of_one_kind_or_of_many_keeps_no_shares():
    for diverse, calibrated in ((0.0, 0), (0.5, CALIBRATED), (1.0, 0)):
        assert leaning(Rules(), familiar=0.5, diverse=diverse).calibrated == calibrated


@settings(max_examples=30, deadline=None)
@given(st.integers(4, LIKED - 4), st.lists(st.sampled_from(EVERY.tolist()), max_size=30))
def test_what_a_list_strays_is_finite_and_what_is_no_interest_helps_least(loud, chosen):
    made = Calibration.of(WORLD, opinions(liked(loud)), EVERY)
    assert made is not None
    assert np.isclose(made.target.sum(), 1)
    strays = made.strays(chosen)
    assert np.isfinite(strays).all()
    assert (strays >= 0).all()
    outside = made.interest == len(made.target)
    if outside.any() and (~outside).any():
        assert strays[outside].min() >= strays[~outside].min()


@given(st.lists(st.floats(-1e6, 1, width=32), min_size=1))
def test_what_does_not_contend_stays_in_order_and_within_reach(relevance):
    reached = within_reach(np.array(relevance, np.float32))
    assert (reached >= -1).all()
    assert (np.diff(reached[np.argsort(relevance, kind="stable")]) >= 0).all()


def test_too_few_likes_have_no_shares():
    assert not knows_enough(nothing_said())
    assert not knows_enough(opinions([0, 1, 2]))
