"""An update after an opinion goes where scoring everything anew would go."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core import paths
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring import kept_basis, update
from musicrec_core.recommender.scoring.library import LibraryScorer
from tests.recommender.taste_world import library, opinions, with_guests

PRIOR = Prior({"calm": 0.5, "loud": -0.5, "jazz": 0.2}, np.empty(0))
LIKED, DISLIKED = [1, 3, 9, 11, 21], [2, 4, 8]


@pytest.fixture(scope="module")
def net():
    return checkpoint.load(paths.bundled_models() / "taste.safetensors")


@pytest.fixture(scope="module")
def songs():
    return library(1200)


def after(net, songs, liked, disliked):
    scorer = LibraryScorer.of(net, songs, opinions(LIKED, DISLIKED), PRIOR)
    before = scorer.scored(100, explained=0)
    return before, update.updated(scorer.basis, before, opinions(liked, disliked))


@pytest.mark.parametrize("more", [([30], []), ([], [33]), ([30, 40], [33])])
def test_most_of_the_best_are_those_of_a_full_scoring(net, songs, monkeypatch, more):
    monkeypatch.setattr(update, "BEST", 400)
    monkeypatch.setattr(update, "NEAREST", 60)
    liked, disliked = LIKED + more[0], DISLIKED + more[1]
    _, update_made = after(net, songs, liked, disliked)
    full = LibraryScorer.of(net, songs, opinions(liked, disliked), PRIOR).scored(100, explained=0)
    assert len(np.intersect1d(update_made[1].top_rows, full.top_rows)) >= 99


LATER = st.lists(
    st.tuples(st.sampled_from(("like", "dislike", "undo")), st.integers(50, 80)), max_size=5
)


@settings(max_examples=12)
@given(later=LATER)
def test_one_update_after_another_scores_as_scoring_everything_anew(later):
    """By sums that move on from one to the next, as the cache gives them back.

    But for what half a percent of the deviation that they were divided by may do.
    """
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    songs = with_guests(library(1200))
    statement = dict.fromkeys((*LIKED, *range(100, 140)), "like") | dict.fromkeys(
        DISLIKED, "dislike"
    )
    scorer = LibraryScorer.of(net, songs, given_as(statement), PRIOR)
    basis, scored = scorer.basis, scorer.scored(100, explained=0)
    for kind, row in later:
        statement.pop(row, None)
        statement |= {} if kind == "undo" else {row: kind}
        kept = kept_basis.basis_from_arrays(net, songs, *kept_basis.basis_as_arrays(basis))
        basis, scored = update.updated(replace(kept, prior=PRIOR), scored, given_as(statement))
        full = LibraryScorer.of(net, songs, given_as(statement), PRIOR).scored(100, explained=0)
        np.testing.assert_allclose(scored.scores, full.scores, atol=8e-3)


def given_as(statement):
    """Opinions by row as a history."""
    return opinions(
        *([row for row in statement if statement[row] == k] for k in ("like", "dislike"))
    )


def test_the_song_that_was_said_something_of_moves_that_way(net, songs):
    before, (_, liked) = after(net, songs, [*LIKED, 30], DISLIKED)
    _, (_, disliked) = after(net, songs, LIKED, [*DISLIKED, 30])
    assert liked.scores[30] > before.scores[30] > disliked.scores[30]


def test_what_is_far_down_and_far_away_stays_as_it_was(net, songs, monkeypatch):
    monkeypatch.setattr(update, "BEST", 50)
    monkeypatch.setattr(update, "NEAREST", 20)
    before, (_, update_made) = after(net, songs, [*LIKED, 30], DISLIKED)
    assert 50 <= (update_made.scores != before.scores).sum() <= 400


def test_rows_of_the_basis_are_those_of_the_library(net, songs):
    scorer = LibraryScorer.of(net, songs, opinions(LIKED, DISLIKED), PRIOR)
    rows = np.arange(0, 1200, 13)
    np.testing.assert_allclose(scorer.basis.inputs(rows), scorer.inputs(rows), atol=0.02)
    alone, together = scorer.basis.explained(rows[:5]), scorer.explained(rows[:5])
    for some, same in zip(alone, together, strict=True):
        assert [t.group for t in some] == [t.group for t in same]
        assert [t.evidence_row for t in some] == [t.evidence_row for t in same]


def test_the_first_of_its_side_is_scored_anew(net, songs):
    scorer = LibraryScorer.of(net, songs, opinions(LIKED), PRIOR)
    before = scorer.scored(100, explained=0)
    assert update.updated(scorer.basis, before, opinions(LIKED, [2])) is None


def test_much_at_once_is_scored_anew(net, songs):
    assert after(net, songs, [*LIKED, *range(100, 130)], DISLIKED)[1] is None


def test_a_song_of_which_nothing_is_known_can_be_liked(net, songs):
    blank = replace(songs, sound=songs.sound.copy(), culture=songs.culture.copy())
    blank.sound[30] = blank.culture[30] = np.nan
    _, update_made = after(net, blank, [*LIKED, 30], DISLIKED)
    assert np.isfinite(update_made[1].scores).all()
