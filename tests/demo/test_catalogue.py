"""The demo library is large and varied enough to be worth recommending from."""

from musicrec_core.demo import catalogue
from musicrec_core.demo.styles import STYLES

ENTRIES = list(catalogue.songs())
SONGS = [song for _, _, song in ENTRIES]


def test_there_are_enough_songs_styles_artists_and_albums() -> None:
    assert len(SONGS) >= 48
    assert len({song.style for song in SONGS}) >= 8
    assert len({song.artist for song in SONGS}) >= 12
    assert len(catalogue.ALBUMS) >= 16


def test_all_five_formats_occur() -> None:
    assert {album.format for album in catalogue.ALBUMS} == {"flac", "mp3", "ogg", "opus", "m4a"}


def test_no_two_songs_share_a_name_and_no_two_albums_a_title() -> None:
    assert len({song.name for song in SONGS}) == len(SONGS)
    assert len({album.title for album in catalogue.ALBUMS}) == len(catalogue.ALBUMS)


def test_every_song_has_a_known_style_and_an_artist_at_most_two() -> None:
    styles: dict[str, set[str]] = {}
    for song in SONGS:
        styles.setdefault(song.artist, set()).add(song.style)
    assert set.union(*styles.values()) == set(STYLES)
    assert max(len(given) for given in styles.values()) == 2


def test_one_album_is_a_compilation_of_several_artists() -> None:
    (sampler,) = [album for album in catalogue.ALBUMS if album.compilation]
    assert len({song.artist for song in sampler.songs}) == len(sampler.songs)
