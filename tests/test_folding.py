"""One folding: what people take for the same text becomes the same, and other texts do not."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.folding import composed_path, fold, search_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Björk – Jóga! ", "bjork joga"),
        ("Røyksopp", "ROYKSOPP"),
        ("Łąka łez", "laka lez"),
        ("Đorđe", "Dorde"),
        ("Straße", "STRASSE"),
        ("Ænima", "aenima"),
        ("Œuvre", "oeuvre"),
        ("İstanbul ışık", "istanbul isik"),
        ("Þursaflokkurinn", "thursaflokkurinn"),
        ("ＡＢＣ　１２", "abc 12"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("Ёлка", "елка"),
        ("Don’t Stop", "dont stop"),
        ("Hawaiʻi", "hawai i"),
        ("L’amour", "l amour"),
        ("مُحَمَّد", "محمد"),
        ("ΆΣΜΑ", "ασμα"),
    ],
)
def test_spellings_of_one_text_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) == fold(normalize("NFD", one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("がん", "かん"),
        ("パン", "ハン"),
        ("หมา", "หม้า"),
        ("दिल", "दल"),
        ("嵐", "雅"),
        ("!!!", "???"),
    ],
)
def test_marks_that_make_another_word_are_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_text_of_signs_alone_stays_itself() -> None:
    assert fold("!!!") == "!!!"


def test_bytes_that_are_no_text_fold_to_what_a_database_takes() -> None:
    assert fold("\udcff\udcfe").encode("utf-8") == b"??"
    assert fold("caf\udce9") == "caf"


def test_plain_words_need_no_further_terms_in_an_index() -> None:
    assert search_terms("Nothing Else Matters") == ""


def test_words_divided_by_signs_can_be_typed_in_one() -> None:
    assert search_terms("AC/DC – R.E.M.").split() == ["acdc", "rem"]


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_composed_and_decomposed_texts_fold_to_one(text: str) -> None:
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text))


@given(st.text(st.characters(), max_size=40))
def test_any_text_gives_terms_that_a_database_takes(text: str) -> None:
    assert "\n" not in search_terms(text).encode("utf-8").decode()


@given(st.binary(max_size=30))
def test_a_composed_path_is_composed_once_for_all(path: bytes) -> None:
    assert composed_path(composed_path(path)) == composed_path(path)
