"""Words, seeds, queries and reasons through the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Command
from tests.support.media import tag, write_audio, write_tone


def test_the_only_song_that_holds_the_words_is_meant(musicrec: Command) -> None:
    for query in ("anvi", "volt relay", "force furnace"):
        title = musicrec.json("like", query)["track"]["title"]
        assert title.casefold() in ("anvil", "relay", "furnace")
    assert "did you mean" in musicrec.fails("like", "clara")
    assert "did you mean" in musicrec.fails("like", "hamer")


def test_a_word_of_the_ears_is_answered_by_tag_and_by_sound(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--tag", "electronic")
    assert "no song is tagged 'electronic'" in answer["notes"][0]
    whys = [track["reasons"][0] for track in answer["tracks"]]
    assert all(why["kind"] == "word" and "electronic" in why["text"] for why in whys)
    tagged = musicrec.json("recommend", "--tag", "techno")["tracks"]
    assert all(track["reasons"][0]["text"].startswith("tagged techno") for track in tagged)


def test_the_weights_of_an_explanation_add_up_to_what_is_said(musicrec: Command) -> None:
    musicrec("like", "Anvil")
    answer = musicrec.json("explain", "Hammer")
    whole = sum(reason["weight"] for reason in answer["reasons"])
    assert f"together {whole:+.2f} " in answer["balance"]
    assert f"to {answer['score']:.2f}" in answer["balance"]
    assert f"from {answer['ordinary']:.2f}" in answer["balance"]
    assert answer["balance"] in musicrec("explain", "Hammer").stdout


def test_without_exploring_no_pick_is_marked_as_a_trial(musicrec: Command) -> None:
    some = musicrec.json("recommend", "--explore", "0.5")["tracks"]
    none = musicrec.json("recommend", "--explore", "0")["tracks"]
    assert not any(track["explore"] for track in none)
    assert len(some) == len(none)


@pytest.fixture
def odd(fresh: Command, tmp_path: Path) -> Command:
    """A home with a second of clicks, some silence and a song."""
    folder = tmp_path / "odd"
    beat = np.zeros(44_100)
    beat[::11_025] = 0.9
    write_audio(folder / "second.flac", beat)
    write_audio(folder / "silence.flac", np.zeros(44_100 * 8))
    write_tone(folder / "song.flac", seconds=8.0)
    tag(folder / "silence.flac", {"artist": "Nobody There", "title": "Silence"})
    fresh("scan", folder, "--jobs", "1")
    return fresh


def test_a_second_has_no_tempo_and_silence_no_moods(odd: Command) -> None:
    answer = {Path(row["path"]).stem: row for row in odd.json("export", "--tracks")["tracks"]}
    assert answer["second"]["tempo_bpm"] is None
    assert answer["second"]["key"] is None
    silence = answer["silence"]
    assert "there is nothing to hear in it" in odd("describe", "Silence").stdout.lower()
    assert (silence["moods"], silence["genres"], silence["arousal"]) == ({}, {}, None)
    assert silence["key"] is None
    assert answer["song"]["moods"]
    assert any("listened to" in r["text"] for r in odd.json("explain", "Silence")["reasons"]) or (
        not any(r["kind"] == "sound" for r in odd.json("explain", "Silence")["reasons"])
    )


def test_untagged_songs_that_tie_do_not_come_by_the_alphabet(
    fresh: Command, tmp_path: Path, music: Callable[[], Path]
) -> None:
    for i in range(24):
        path = write_tone(tmp_path / f"m/{i:02}.flac", seconds=0.3, freq=200 + 10 * i)
        who = {"artist": f"Artist {i // 3:02}", "title": f"Song {i:02}", "genre": "Rock"}
        tag(path, who)
    fresh("scan", tmp_path / "m", "--tags-only")
    picks = fresh.json("recommend", "-n", "8", "--explore", "0")["tracks"]
    artists = [pick["artist"] for pick in picks]
    assert artists != sorted(artists)
    assert len(set(artists)) == 8
