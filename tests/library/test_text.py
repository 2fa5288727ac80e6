from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.library.text import MAX_CHARACTERS, clean


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  plain   title ", "plain title"),
        ("two\nlines\tand\r\nmore", "two lines and more"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;owned\x07title", "title"),
        ("\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("bell\x07 null\x00 del\x7f", "bell null del"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("line\u2028separator", "line separator"),
        ("lone \udce9 surrogate", "lone surrogate"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301", "é"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
        ("Sigur Rós — Ágætis byrjun 🎵", "Sigur Rós — Ágætis byrjun 🎵"),
    ],
)
def test_text_is_one_safe_line(raw, shown):
    assert clean(raw) == shown


def test_long_text_is_cut():
    assert len(clean("x" * 1_000_000)) == MAX_CHARACTERS


@given(st.text())
def test_nothing_that_acts_on_a_terminal_survives(raw):
    text = clean(raw)
    assert not {unicodedata.category(c) for c in text} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(text) == text
    text.encode()
