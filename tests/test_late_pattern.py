"""Patterns that are compiled when first used say what others say."""

import re

import pytest

from musicrec_core.late_pattern import late_pattern


def test_it_finds_splits_and_replaces_as_a_pattern_does() -> None:
    late, early = late_pattern(r"(a)(B?)", re.IGNORECASE), re.compile(r"(a)(B?)", re.IGNORECASE)
    text = "xabAyA"
    for _ in range(2):  # compiled, and then remembered
        assert [m.span() for m in late.finditer(text)] == [m.span() for m in early.finditer(text)]
        assert late.split(text) == early.split(text)
        assert late.sub(r"<\1>", text) == early.sub(r"<\1>", text)
        assert late.match(text) is None
        assert (late.pattern, late.flags, late.groups) == (early.pattern, early.flags, early.groups)


def test_a_wrong_one_is_told_when_it_is_used() -> None:
    wrong = late_pattern("(")
    with pytest.raises(re.error):
        wrong.search("")
