from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.text import count, fit, joined


@given(st.text("ab ,-", max_size=60), st.integers(4, 40))
def test_a_line_that_is_too_long_ends_where_a_word_does_or_has_no_room_for_one(
    line: str, width: int
) -> None:
    shown = fit(line, width)
    assert len(shown) <= width
    if shown != line.rstrip():
        assert shown.endswith("…")
        kept = shown[:-1]
        assert line.startswith(kept)
        rest = line[len(kept) : width]
        assert " " not in line[width // 2 : width] or rest[:1] in set(" ,-")


def test_names_are_shown_whole_as_long_as_there_is_room() -> None:
    assert joined(["avant-garde", "stage and screen"], 26) == "avant-garde"
    assert joined(["pop", "rock", "rap"], 26) == "pop, rock, rap"
    assert joined(["a" * 30, "b"], 26) == "a" * 25 + "…"
    assert joined([], 26) == ""


def test_one_is_no_plural() -> None:
    assert (count(1, "song"), count(2000, "song")) == ("1 song", "2,000 songs")
