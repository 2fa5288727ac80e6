import numpy as np
import pytest

from musicrec_core.recommender.features.blocks import INPUT_GROUPS
from musicrec_core.recommender.scoring.library import Contribution
from musicrec_core.recommender.scoring.text import About, reasons


def label(row: int) -> str:
    return f"Song {row}"


def test_a_liked_neighbour_is_named():
    (reason,) = reasons([Contribution("sound", 0.7, 4)], label)
    assert reason.text == "sounds like Song 4, which you liked"
    assert reason.kind == "sound"
    assert reason.weight == 1


def test_a_place_guessed_from_sound_is_said_to_be_so():
    (reason,) = reasons([Contribution("culture", 0.7, 4)], label, About(guessed=True))
    assert reason.text == "its sound suggests the style of Song 4, which you liked"
    assert reason.kind == "culture"
    (sentences,) = reasons([Contribution("culture", 0.7, 4)], label)
    assert "sound" not in sentences.text
    (other,) = reasons([Contribution("era", 0.7)], label, About(guessed=True))
    assert "sound" not in other.text


def test_a_disliked_neighbour_is_named():
    (reason,) = reasons([Contribution("sound", -0.7, 4)], label)
    assert reason.text == "sounds like Song 4, which you disliked"
    assert reason.weight == -1


def test_a_song_that_was_only_played_is_not_called_liked():
    (reason,) = reasons([Contribution("era", 0.7, 4)], label, did_to_row=lambda *_: "played")
    assert reason.text == "from about the same time as Song 4, which you played"


@pytest.mark.parametrize(
    ("about", "weight", "text"),
    [
        (About(), -1.0, "by no artist you liked"),
        (About(), 1.0, "by no artist you disliked"),
        (About(took_to=True), 1.0, "you liked a song by this artist"),
        (About(took_to=True), -1.0, "you liked a song by this artist"),
        (About(turned_down=True), -1.0, "you disliked a song by this artist"),
        (About(turned_down=True), 1.0, "you disliked a song by this artist"),
        (About(took_to=True, alone=True), 1.0, "you liked this very song"),
        (About(turned_down=True, alone=True), -1.0, "you disliked this very song"),
        (About(took_to=True, alone=True), -1.0, "you liked no other song by this artist"),
        (About(turned_down=True, alone=True), 1.0, "you disliked no other song by this artist"),
        (
            About(took_to=True, turned_down=True, verbs=("took to", "turned down")),
            1.0,
            "you took to and you turned down songs by this artist",
        ),
    ],
)
def test_of_an_artist_only_what_was_done_is_said(about: About, weight: float, text: str):
    (reason,) = reasons([Contribution("artist", weight)], label, about)
    assert reason.text == text


def test_nothing_is_said_of_what_is_not_known():
    for group in set(INPUT_GROUPS):
        (reason,) = reasons([Contribution(group, -1.0)], label, About(unknown=frozenset({group})))
        assert "your taste" not in reason.text
        assert any(word in reason.text for word in ("not ", "no tags", "nothing", "too little"))


def test_reasons_come_in_order_of_weight_and_their_weights_are_shares():
    sentences = reasons([Contribution("era", 0.1), Contribution("tags", -0.3, None, "dub")], label)
    assert [reason.kind for reason in sentences] == ["tags", "era"]
    assert np.isclose(sum(abs(reason.weight) for reason in sentences), 1)
    assert "dub" in sentences[0].text


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
