"""Descriptions: every claim stands on what is stored, and is in the words."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from musicrec_core.app.describe.records import Claim
from musicrec_core.app.describe.standing import Standing, standings
from musicrec_core.app.describe.wording import hedged
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.scores.catalogue import COLUMN_NAMES
from musicrec_core.recommender.data import Catalogue
from tests.conftest import SONGS, Command
from tests.support.worlds import library


@pytest.fixture(scope="module")
def described(
    scanned: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[dict, dict]]:
    """Each song's description and its exported row, by title."""
    home = tmp_path_factory.mktemp("described") / "home"
    shutil.copytree(scanned / "home", home)
    command = Command(home)
    rows = {row["id"]: row for row in command.json("export", "--tracks")["tracks"]}
    titles = [f"{artist} - {title}" for artist, _, title, _, _ in SONGS.values()]
    answers = [command.json("describe", title) for title in titles[:5]]
    return {a["track"]["title"]: (a, rows[a["track"]["id"]]) for a in answers}


def test_every_claim_is_in_the_words(described: dict[str, tuple[dict, dict]]) -> None:
    for answer, _ in described.values():
        assert answer["claims"]
        for claim in answer["claims"]:
            assert claim["text"].casefold() in answer["description"].casefold()


def test_every_claim_says_what_is_stored(described: dict[str, tuple[dict, dict]]) -> None:
    checked = 0
    for answer, row in described.values():
        for claim in answer["claims"]:
            name = claim["source"]
            match name.partition(":")[0]:
                case "title" | "artist" | "album":
                    assert claim["value"] == row[name]
                case "tempo_bpm":
                    assert claim["text"] == f"{row['tempo_bpm']:.0f} beats a minute"
                    assert claim["sure"] == (row["attributes"]["tempo_confidence"] >= 0.3)
                case "key":
                    assert claim["text"] == row["key"]
                case "tag":
                    assert claim["value"].casefold() in row["genre"].casefold()
                case "mood":
                    assert row["moods"][name.removeprefix("mood:")] > 0
                case "nearest":
                    assert claim["value"] != row["id"]
                case other:
                    pytest.fail(f"nothing checks {other}")
            checked += 1
    assert checked > 20


def test_descriptions_differ_without_their_names(described: dict[str, tuple[dict, dict]]) -> None:
    texts = []
    for answer, row in described.values():
        text = answer["description"]
        for name in (row["title"], row["artist"], row["album"]):
            text = text.replace(name, "")
        texts.append(text)
    assert len(set(texts)) == len(texts)


def test_a_song_that_was_not_listened_to_says_so(fresh: Command, scanned: Path) -> None:
    fresh("scan", "--tags-only", scanned / "music")
    answer = fresh.json("describe", "Anvil")
    assert "It has not been listened to yet." in answer["description"]
    assert not any(
        c["source"].startswith(("mood", "tempo", "percentile")) for c in answer["claims"]
    )


def test_an_artist_is_described_by_all_songs(musicrec: Command) -> None:
    answer = musicrec.json("describe", "Brute Force")
    assert answer["track"] is None
    assert answer["songs"] == 3
    assert answer["description"].startswith("“Brute Force”: 3 songs, mostly tagged Metal.")


def test_what_nobody_knows_is_refused(musicrec: Command) -> None:
    assert "no track is 'Zorbo'" in musicrec.fails("describe", "Zorbo")


def test_a_share_is_of_the_songs_below() -> None:
    with_tempo = _with_tempo(library(200, seed=3), np.arange(200, dtype=np.float32))
    (fastest, *_) = standings(with_tempo, np.array([199]))
    assert re.fullmatch(r"\S.* than 99 % of your songs", fastest.claim.text)
    assert not standings(with_tempo, np.array([100]))


def _with_tempo(catalogue: Catalogue, values: NDArray[np.float32]) -> Catalogue:
    columns = np.full((len(values), len(COLUMN_NAMES)), np.nan, np.float32)
    columns[:, COLUMN_NAMES.index("tempo_bpm")] = values
    return replace(catalogue, columns=columns, column_names=COLUMN_NAMES)


def test_less_is_said_of_what_lies_below() -> None:
    assert Standing("arousal", 0.03).claim.text == "gentler than 97 % of your songs"
    assert Standing("arousal", 0.91).claim.text == "more energetic than 91 % of your songs"


def test_what_is_unsure_is_said_so() -> None:
    sure, unsure = Claim("calm", "mood:calm", 2.0), Claim("sad", "mood:sad", 1.0, sure=False)
    assert hedged([sure, unsure]) == "calm, perhaps sad"
    assert hedged([unsure]) == "perhaps sad"
    assert hedged([]) == ""


def test_the_facade_describes_lists(scanned: Path, tmp_path: Path) -> None:
    command = Command(tmp_path / "home")
    command("scan", "--tags-only", scanned / "music")
    command("playlist", "add", "evening", "River", "Lake")
    with MusicRec(home=tmp_path / "home") as musicrec:
        assert musicrec.library.describe("playlist:evening").songs == 2
