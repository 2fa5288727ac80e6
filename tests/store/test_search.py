"""Words are found wherever they stand in a title, however they are typed."""

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from musicrec_core.records import FoundFile, Tags
from musicrec_core.store import Store

SONGS = (
    Tags(title="ルージュの伝言", artist="荒井由実"),
    Tags(title="月亮代表我的心", artist="邓丽君", genres=("Für Kinder", "Ærø-Folk")),
    Tags(title="เพื่อนสนิท", artist="ไอซ์"),
    Tags(title="Żółte łódki", artist="Mæv Øster"),
    Tags(title="YMO東京LIVE", artist="細野"),
    Tags(title="첫사랑", artist="아이유"),
    Tags(title="Hells Bells", artist="AC/DC"),
    Tags(title="Don't Tell", artist="Simon & Garfunkel"),
    Tags(title="Dil Chahta दिल चाहता है", artist="Shankar"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "musicrec.db") as opened:
        for number, tags in enumerate(SONGS, 1):
            file = FoundFile(b"/%d.mp3" % number, 1, 1)
            opened.files.put(None, file, tags, f"identity {number}")
        yield opened


@pytest.mark.parametrize(
    ("typed", "song"),
    [
        ("ルージュ", 1),
        ("伝言", 1),
        ("言", 1),
        ("由実", 1),
        ("我的心", 2),
        ("代", 2),
        ("aero folk", 2),
        ("fur", 2),
        ("สนิท", 3),
        ("lodki zolte", 4),
        (normalize("NFD", "Żółte"), 4),
        ("oster maev", 4),
        ("東京", 5),
        ("京live", 5),
        ("사랑", 6),
        ("acdc", 7),
        ("ac dc bells", 7),
        ("dont tell", 8),
        ("simon and garfunkel", 8),
        ("चाहता", 9),
    ],
)
def test_a_song_is_found_by_a_word_of_it(store: Store, typed: str, song: int) -> None:
    assert store.search.find(typed, 5) == [song]


@pytest.mark.parametrize("typed", ["ュル", "心我", "伝荒", "ทท"])
def test_letters_that_do_not_stand_side_by_side_find_nothing(store: Store, typed: str) -> None:
    assert store.search.find(typed, 5) == []


def test_a_title_is_meant_whole_in_any_spelling(store: Store) -> None:
    assert store.search.full_matches("zolte LODKI") == [4]
    assert store.search.full_matches("Dont Tell") == [8]
    assert store.search.of_name("Mæv Oster") == [4]


def test_a_changed_title_is_found_no_more_by_what_it_was(store: Store) -> None:
    store.files.put(None, FoundFile(b"/1.mp3", 2, 2), Tags(title="卒業写真"), "identity 1")
    assert store.search.find("伝言", 5) == []
    assert store.search.find("写真", 5) == [1]


@pytest.mark.parametrize(("disk", "typed"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFKC")])
def test_a_file_is_at_its_path_however_the_letters_are_composed(
    store: Store, disk: str, typed: str
) -> None:
    name = "/Müsik/Béla.mp3"
    path = normalize(disk, name).encode()  # type: ignore[arg-type]
    store.files.put(None, FoundFile(path, 1, 1), Tags(title="A"), "b")
    track = store.tracks.at_path(normalize(typed, name).encode())  # type: ignore[arg-type]
    assert track is not None
    assert track.path.encode() == path
    assert store.tracks.of_table(normalize(typed, name))[1] == "b"  # type: ignore[arg-type]


def test_of_two_files_whose_names_differ_in_composition_each_is_at_its_own(store: Store) -> None:
    for identity, form in (("c", "NFC"), ("d", "NFD")):
        path = normalize(form, "/é.mp3").encode()  # type: ignore[arg-type]
        store.files.put(None, FoundFile(path, 1, 1), Tags(title=form), identity)
    for form in ("NFC", "NFD"):
        track = store.tracks.at_path(normalize(form, "/é.mp3").encode())  # type: ignore[arg-type]
        assert track is not None
        assert track.title == form
