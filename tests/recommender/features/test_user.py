import numpy as np
import pytest

from musicrec_core.recommender.features.blocks import INPUT_GROUPS, INPUT_NAMES
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.user import UserFeatures, relational_inputs
from tests.recommender.taste_world import (
    LOUD,
    kind_of,
    library,
    nothing_said,
    opinions,
    with_guests,
)

ROWS = np.arange(240)


def column(inputs, name):
    return inputs.matrix[:, INPUT_NAMES.index(name)]


def test_every_input_has_one_name_and_one_group_and_there_are_at_most_eight_groups():
    assert len(INPUT_NAMES) == len(set(INPUT_NAMES)) == len(INPUT_GROUPS)
    assert len(set(INPUT_GROUPS)) <= 8


def test_without_history_all_recordings_look_the_same_but_for_the_prior():
    inputs = relational_inputs(
        library(), nothing_said(), prior=Prior({"calm": 1.0, "loud": -1.0}, np.empty(0))
    )
    differs = {
        name for name, values in zip(INPUT_NAMES, inputs.matrix.T, strict=True) if np.ptp(values)
    }
    assert differs == {"prior_tags"}


@pytest.mark.parametrize("source", ["sound", "culture", "tags", "character", "era"])
def test_songs_like_the_liked_ones_are_nearer_in_every_source(source):
    inputs = relational_inputs(library(), opinions([1, 3, 9]))
    near = column(inputs, f"{source}_like_liked")
    assert near[kind_of(ROWS) == LOUD].mean() > near[kind_of(ROWS) != LOUD].mean() + 1


def test_a_dislike_turns_the_vote():
    liked = column(relational_inputs(library(), opinions([1])), "sound_vote")
    disliked = column(relational_inputs(library(), opinions([], [1])), "sound_vote")
    assert np.allclose(liked, -disliked, atol=1e-5)


def test_a_source_that_is_missing_is_neutral_and_flagged():
    inputs = relational_inputs(library(sound=False), opinions([1, 3]))
    assert (column(inputs, "sound_absent") == 1).all()
    assert (column(inputs, "sound_near_liked") == 0).all()
    assert np.isfinite(inputs.matrix).all()


def test_a_person_known_by_sound_alone_has_sound_inputs_and_no_others():
    inputs = relational_inputs(library(tags=False), opinions([1, 3]))
    assert (column(inputs, "tags_absent") == 1).all()
    assert (column(inputs, "culture_absent") == 1).all()
    assert np.ptp(column(inputs, "sound_near_liked")) > 1


def test_ranks_do_not_depend_on_the_scale_of_the_columns():
    world = library()
    stretched = library()
    stretched.columns[:, 0] *= 1000
    one, other = (relational_inputs(w, opinions([1, 3])) for w in (world, stretched))
    assert np.allclose(one.matrix, other.matrix, atol=1e-2)


@pytest.mark.parametrize("songs", [library(), with_guests(library())], ids=["alone", "guests"])
def test_seeing_all_of_the_past_is_the_same_for_some_rows_as_for_the_library(songs):
    history = opinions([1, 3, 9, 20], [2, 4])
    view = UserFeatures.of(songs, history)
    some = np.array([5, 1, 77, 200])
    again = view.masked(some, np.ones((4, len(view.history)), np.bool_))
    assert np.allclose(again, view.inputs(some), atol=5e-3)


def test_what_was_said_of_a_guest_counts_for_less_than_what_was_said_of_the_one_who_leads():
    """Of row 5's artists, one was disliked elsewhere; of row 7's neither."""
    alone, guests = library(), with_guests(library())
    of_guest = np.flatnonzero(alone.artists == guests.credit_codes[1])[:1].tolist()
    of_lead = [int(np.flatnonzero(alone.artists == alone.artists[5])[-1])]
    records = {}
    for name, songs, disliked in (
        ("unsaid", alone, of_guest), ("guest", guests, of_guest), ("lead", guests, of_lead)
    ):  # fmt: skip
        inputs = relational_inputs(songs, opinions([], disliked), np.array([5]))
        records[name] = float(column(inputs, "artist_record")[0])
    assert records["unsaid"] == 0 > records["guest"] > records["lead"]


def test_leaving_out_its_own_event_hides_a_row_from_itself():
    history = opinions([1, 8], [2])
    seen = relational_inputs(library(), history, history.rows)
    hidden = relational_inputs(library(), history, history.rows, "own")
    artist = INPUT_NAMES.index("artist_record")
    assert seen.matrix[0, artist] > 0
    assert hidden.matrix[0, artist] == 0


def test_marked_events_are_left_out():
    history = opinions([1, 3])
    mark = np.array([[False, True]])
    without = relational_inputs(library(), history, np.array([5]), mark)
    only = relational_inputs(library(), opinions([1]), np.array([5]))
    name = INPUT_NAMES.index("liked_count")
    assert without.matrix[0, name] == only.matrix[0, name]


def test_one_artist_s_record_counts_for_its_other_songs_only():
    inputs = relational_inputs(library(), opinions([1]))
    record = column(inputs, "artist_record")
    same = library().artists == library().artists[1]
    assert (record[same] > 0).all()
    assert (record[~same] == 0).all()


def test_unknown_artists_have_no_record_in_common():
    world = library()
    world.artists[:] = -1
    assert (column(relational_inputs(world, opinions([1])), "artist_record") == 0).all()


def test_contradicting_events_of_one_recording_cancel():
    history = opinions([1, 3], [1])
    inputs = relational_inputs(library(), history)
    assert np.allclose(inputs.matrix, relational_inputs(library(), opinions([3])).matrix)


def test_an_empty_library_has_no_rows():
    empty = library(0)
    assert relational_inputs(empty, nothing_said()).matrix.shape == (0, len(INPUT_NAMES))


def test_a_library_of_one_song_can_be_looked_at():
    one = library(1)
    assert np.isfinite(relational_inputs(one, opinions([0])).matrix).all()


@pytest.mark.parametrize("source", ["sound", "culture"])
def test_liked_songs_pull_their_kind_and_a_dislike_pushes_its_own_away(source):
    kinds = kind_of(ROWS)
    liked = column(relational_inputs(library(), opinions([1, 3, 9])), f"{source}_pull")
    both = column(relational_inputs(library(), opinions([1, 3], [9, 11])), f"{source}_pull")
    assert liked[kinds == LOUD].mean() > liked[kinds != LOUD].mean() + 1
    assert both[9] < liked[9]


def test_ten_likes_of_one_kind_do_not_drown_one_of_the_other():
    loud, calm = list(range(1, 21, 2)), [100]
    inputs = relational_inputs(library(), opinions(loud + calm))
    drowned = column(inputs, "sound_like_liked")[kind_of(ROWS) != LOUD].mean()
    assert column(inputs, "sound_pull")[kind_of(ROWS) != LOUD].mean() > drowned


def test_likes_of_one_kind_agree_better_than_likes_of_two():
    narrow = column(relational_inputs(library(), opinions([1, 3, 5, 9])), "culture_agreement")
    broad = column(relational_inputs(library(), opinions([1, 3, 4, 8])), "culture_agreement")
    assert np.ptp(narrow) == 0
    assert narrow[0] > broad[0]


def test_without_a_like_the_pull_is_as_if_it_had_not_been_said():
    message, rows = opinions([1, 3, 8], [20, 31]), np.array([5, 6])
    less = relational_inputs(library(), opinions([1, 8], [20, 31]), rows)
    for name in ("sound_pull", "culture_pull"):
        # The ranks of the library stay those of the whole past, so the numbers are near.
        masked = column(relational_inputs(library(), message, rows, without(message, 1)), name)
        assert masked == pytest.approx(column(less, name), abs=0.5)


def test_without_the_odd_like_the_others_agree_better():
    message, rows = opinions([1, 3, 5, 8]), np.array([7, 6])
    whole = column(relational_inputs(library(), message, rows), "sound_agreement")
    masked = column(
        relational_inputs(library(), message, rows, without(message, 3)), "sound_agreement"
    )
    assert (masked > whole).all()


def without(message, event):
    """A mask that hides one event from two rows."""
    hidden = np.zeros((2, len(message)), bool)
    hidden[:, event] = True
    return hidden
