"""The map as a library extends it, through the commands."""

from __future__ import annotations

from pathlib import Path

from musicrec_core import paths
from musicrec_core.service_records import Answer, Lookup, Similar
from musicrec_core.store import Store
from tests.conftest import Command
from tests.support.media import write_tone

METAL = ("Metallica", "Slayer", "Megadeth", "Anthrax", "Iron Maiden", "Judas Priest")
JAZZ = ("Miles Davis", "John Coltrane", "Chet Baker", "Bill Evans", "Nina Simone", "Billie Holiday")
WORD = "zaqqum vlork"
STRANGER = "Vorpal Gyre"


def scan(musicrec: Command, music: Path, genres: dict[str, str]) -> Command:
    """Scans one song each by known artists and a stranger, by tags alone."""
    for i, artist in enumerate((*METAL, *JAZZ, STRANGER)):
        tags = {"artist": artist, "title": f"Song {i}"}
        if artist in genres:
            tags["genre"] = genres[artist]
        write_tone(music / f"{i}.wav", seconds=0.5, freq=200 + 20 * i, tags=tags)
    musicrec("scan", music, "--tags-only")
    return musicrec


def answered(home: Path, *similar: str) -> None:
    """As if a service had been asked about the stranger."""
    with Store(paths.database(home)) as store:
        answer = Answer(STRANGER, similar=tuple(Similar(name, "", 0.9) for name in similar))
        store.enrichment.put(Lookup("a", "artist", "similar", "vorpalgyre"), answer, at_s=1.0)
        store.counters.touch()


def near(musicrec: Command, seed: str) -> list[str]:
    result = musicrec.json("recommend", "-n", "20", "--seed", seed)["tracks"]
    return [track["artist"] for track in result]


def test_a_stranger_is_recommended_beside_those_it_is_similar_to(
    fresh: Command, tmp_path: Path
) -> None:
    mapped = scan(fresh, tmp_path / "music", {})
    assert STRANGER not in near(mapped, "Miles Davis")
    answered(mapped.home, "John Coltrane", "Bill Evans", "Chet Baker", "Nobody At All")
    assert STRANGER in near(mapped, "Miles Davis")[:4]
    answered(mapped.home, "Slayer", "Megadeth", "Anthrax")
    assert STRANGER not in near(mapped, "Miles Davis")[:4]


def test_an_own_word_is_understood_by_who_carries_it(fresh: Command, tmp_path: Path) -> None:
    genres = dict.fromkeys(METAL, WORD) | dict.fromkeys(JAZZ, "Jazz")
    mapped = scan(fresh, tmp_path / "music", genres)
    run = mapped("recommend", "-n", "20", "--tag", "thrash metal")
    assert f"'{WORD}' is the nearest tag in your library" in run.stderr + run.stdout
    result = mapped.json("recommend", "-n", "20", "--tag", "thrash metal")["tracks"]
    assert {track["artist"] for track in result} == set(METAL)
