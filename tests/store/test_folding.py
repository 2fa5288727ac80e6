from musicrec_core.store.folding import fold


def test_case_accents_punctuation_and_spacing_make_no_difference():
    assert fold("  Björk – Jóga! ") == fold("bjork joga")


def test_a_text_of_signs_alone_stays_itself():
    assert fold("!!!") == "!!!"


def test_bytes_that_are_no_text_fold_to_what_a_database_takes():
    assert fold("\udcff\udcfe").encode("utf-8") == b"??"
    assert fold("caf\udce9") == "caf"
