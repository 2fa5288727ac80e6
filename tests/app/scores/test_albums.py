"""Which album each track is of."""

from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.app.scores.albums import album_codes, album_text


def text(album: str, lead: str, path: str, album_artist: str = "", *, said: bool = False) -> str:
    return album_text(album, album_artist, lead, path.encode(), said=said)


def codes(*texts: str) -> list[int]:
    values = list(dict.fromkeys(texts))
    return album_codes(np.array([values.index(text) for text in texts]), values).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text("Water", "Ada", "/Water/CD1/1.mp3"), text("Water", "Ada", "/Water/CD2/1.mp3")),
        (text("Water (Disc 1)", "Ada", "/a", "Ada"), text("Water [CD 2]", "Ada", "/b", "Ada")),
        (text("Hits", "Ada", "/h/1", said=True), text("hits", "Brute", "/h/2", said=True)),
        (text("Hits", "Ada", "/h/1", "Various"), text("Hits", "B", "/k/2", "Various")),
    ],
)  # fmt: skip
def test_parts_of_one_album_are_one(one: str, other: str) -> None:
    assert codes(one, other) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text("Greatest Hits", "Ada", "/all/1"), text("Greatest Hits", "Brute", "/all/2")),
        (text("Hits", "Ada", "/h/1", said=True), text("Hits", "Brute", "/k/2", said=True)),
        (text("Live", "Ada", "/a/1", "Ada"), text("Live", "Brute", "/a/2", "Brute")),
        (text("", "Ada", "/a/1"), text("Water", "Ada", "/a/2")),
    ],
)
def test_albums_that_share_a_name_or_a_folder_stay_apart(one: str, other: str) -> None:
    first, second = codes(one, other)
    assert first != second


def test_many_leads_of_a_song_each_in_one_folder_are_a_compilation() -> None:
    assert len(set(codes(*(text("Hits", f"Singer {i}", f"/h/{i}") for i in range(3))))) == 1
    several = (text("Hits", f"Singer {i % 3}", f"/h/{i}") for i in range(12))
    assert len(set(codes(*several))) == 3


def test_a_song_of_no_album_has_no_code() -> None:
    assert codes(text("", "Ada", "/a/1")) == [-1]
