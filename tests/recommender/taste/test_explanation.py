import numpy as np

from musicrec_core.recommender.taste.explanation import reasons
from musicrec_core.recommender.taste.inputs import INPUT_GROUPS
from musicrec_core.recommender.taste.scoring import Contribution


def label(row: int) -> str:
    return f"Song {row}"


def test_a_liked_neighbour_is_named():
    (reason,) = reasons([Contribution("sound", 0.7, 4)], label)
    assert reason.text == "sounds like Song 4, which you liked"
    assert reason.kind == "sound"
    assert reason.weight == 1


def test_a_place_guessed_from_sound_is_said_to_be_so():
    (reason,) = reasons([Contribution("culture", 0.7, 4)], label, guessed=True)
    assert reason.text == "sounds as if from the same corner of music as Song 4, which you liked"
    assert reason.kind == "culture"
    (known,) = reasons([Contribution("culture", 0.7, 4)], label)
    assert "sounds" not in known.text
    (other,) = reasons([Contribution("era", 0.7)], label, guessed=True)
    assert "sounds" not in other.text


def test_a_disliked_neighbour_is_named():
    (reason,) = reasons([Contribution("sound", -0.7, 4)], label)
    assert reason.text == "you dislike Song 4, which sounds like this"
    assert reason.weight == -1


def test_reasons_come_in_order_of_weight_and_their_weights_are_shares():
    found = reasons([Contribution("era", 0.1), Contribution("tags", -0.3, None, "dub")], label)
    assert [reason.kind for reason in found] == ["tags", "era"]
    assert np.isclose(sum(abs(reason.weight) for reason in found), 1)
    assert "dub" in found[0].text


def test_every_group_has_words_for_both_directions():
    for group in set(INPUT_GROUPS):
        for weight in (1.0, -1.0):
            for row, tag in ((None, None), (3, None), (None, "dub"), (3, "dub")):
                (reason,) = reasons([Contribution(group, weight, row, tag)], label)
                assert reason.text
                assert "{" not in reason.text


def test_without_any_contribution_there_is_still_a_reason():
    (reason,) = reasons([], label)
    assert (reason.text, reason.weight) == ("nothing known so far sets it apart", 0.0)
