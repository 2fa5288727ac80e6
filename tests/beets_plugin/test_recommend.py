"""`beet recommend`, like, dislike and the stored scores, through real beets processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from tests.beets_plugin.conftest import Beet
from tests.support.media import write_tone

TITLES = ("recommend", "-f", "$title")


def test_songs_are_recommended_before_any_musicrec_scan(beet: Beet) -> None:
    picks = beet.lines("recommend", "-n", "3")
    library = beet.lines("ls")
    assert len(picks) == 3
    assert set(picks) <= set(library), "each line is beets' own format and nothing else"


def test_the_format_and_path_options_are_those_of_beets(beet: Beet) -> None:
    assert beet.lines("recommend", "-f", "$artist :: $title", "title:anvil") == [
        "Brute Force :: Anvil"
    ]
    assert beet.lines("recommend", "-p", "title:anvil") == [str(beet.music / "loud/anvil.m4a")]


def test_a_query_restricts_the_picks(beet: Beet) -> None:
    assert sorted(beet.lines(*TITLES, "artist:ada")) == ["Lake", "Rain", "River"]


def test_reasons_stand_indented_below_each_song_only_when_asked_for(beet: Beet) -> None:
    beet("like", "title:river")
    plain = beet.lines(*TITLES, "-n", "3")
    lines = beet.lines(*TITLES, "-n", "3", "--why")
    assert [line for line in lines if not line.startswith("    ")] == plain
    assert any(line.startswith("    ") for line in lines[1:])
    assert not lines[0].startswith(" ")


def test_the_songs_are_kept_as_a_playlist_that_musicrec_knows(beet: Beet, tmp_path: Path) -> None:
    file = tmp_path / "road.m3u8"
    songs = ("recommend", "-f", "$artist - $title")
    titles = beet.lines(*songs, "-n", "3", "--playlist", "Road", "--m3u", str(file))
    written = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    assert len(written) == 3
    near = beet.lines(*songs, "-n", "9", "--seed", "playlist:road")
    assert len(set(titles)) == 3
    assert not set(near) & set(titles)


def test_a_saved_list_is_the_same_in_beets(beet: Beet) -> None:
    beet.lines("recommend", "-n", "1")
    with MusicRec(home=beet.home) as facade:
        facade.saved_lists.save("Daily", ListRequest(4, where="-genre:metal"))
        titles = [track.title for track in facade.saved_lists.songs("Daily").tracks]
    assert beet.lines(*TITLES, "--list", "daily") == titles
    assert set(beet.lines(*TITLES, "--list", "Daily", "artist:ada")) < set(titles)
    assert "no list is saved as" in beet.fails("recommend", "--list", "Weekly")[0]


def test_a_like_changes_the_next_list(beet: Beet) -> None:
    before = beet.lines(*TITLES, "-n", "9")
    liked = beet("like", "artist:brute", "title:anvil")
    assert liked.stdout == "liked: Brute Force - Iron - Anvil\n"
    after = beet.lines(*TITLES, "-n", "9")
    assert before != after
    assert set(after[:2]) & {"Hammer", "Furnace"}


def test_a_disliked_song_never_comes_again(beet: Beet) -> None:
    assert "Anvil" in beet.lines(*TITLES, "-n", "10")
    beet("dislike", "title:anvil")
    assert "Anvil" not in beet.lines(*TITLES, "-n", "10")
    assert beet.lines(*TITLES, "title:anvil") == []


def test_undo_takes_back_the_newest_feedback(beet: Beet) -> None:
    beet("dislike", "title:anvil")
    assert beet.lines("recommend", "--undo") == ["undone: dislike of Brute Force - Anvil"]
    assert "Anvil" in beet.lines(*TITLES, "-n", "10")
    assert beet.fails("recommend", "--undo") == ["error: there is nothing to undo"]


def test_undo_takes_back_all_that_one_command_said(beet: Beet) -> None:
    beet("like", "-y", "title:anvil")
    beet("like", "-y", "artist:ada")
    undone = beet.lines("recommend", "--undo")
    assert len(undone) == 3
    assert all(line.startswith("undone: like of Ada Reed - ") for line in undone)
    assert beet.lines("recommend", "--undo") == ["undone: like of Brute Force - Anvil"]


def test_feedback_on_several_songs_is_confirmed_as_beets_confirms(beet: Beet) -> None:
    refused = beet("like", "artist:ada", typed="n\n").stdout
    assert "Ada Reed - Water - River" in refused
    assert "Really like 3 songs? (Yes/no/select)" in refused
    assert "liked:" not in refused
    selected = beet("like", "artist:ada", typed="s\ny\nn\nn\n").stdout
    assert selected.count("liked:") == 1
    assert beet("like", "-y", "artist:ada").stdout.count("liked:") == 3


@pytest.mark.parametrize("command", ["like", "dislike", "recommend"])
def test_a_query_that_matches_nothing_says_so_in_one_line(beet: Beet, command: str) -> None:
    assert beet.fails(command, "artist:nobody") == ["error: no song matches artist:nobody"]


def test_feedback_without_a_query_does_not_mean_the_whole_library(beet: Beet) -> None:
    assert beet.fails("dislike") == ["error: say which songs: beet dislike QUERY"]


@pytest.mark.parametrize("seed", ["title:anvil", "brute anvil", "{music}/loud/anvil.m4a"])
def test_a_seed_brings_songs_like_it(beet: Beet, seed: str) -> None:
    nearest = beet.lines(*TITLES, "-n", "2", "--seed", seed.format(music=beet.music))
    assert set(nearest) == {"Hammer", "Furnace"}


def test_several_seeds_are_taken_together(beet: Beet) -> None:
    seeds = ("--seed", "title:anvil", "--seed", "title:hammer")
    assert beet.lines(*TITLES, "-n", "1", *seeds) == ["Furnace"]


def test_an_unknown_seed_is_an_error_of_one_line(beet: Beet) -> None:
    (line,) = beet.fails("recommend", "--seed", "Don't Stop Me Now")
    assert "Don't Stop Me Now" in line


def test_scores_can_be_stored_and_queried(beet: Beet) -> None:
    assert beet.lines("ls", "musicrec_score:0..1") == []
    beet("recommend", "--write-scores", "-n", "1")
    assert len(beet.lines("ls", "musicrec_score:0..1")) == 10
    best = beet.lines("ls", "-f", "$title $musicrec_score", "musicrec_score-")
    assert best[0].split()[-1] >= best[-1].split()[-1]
    assert beet.lines("ls", "musicrec_score:1.1..") == []


def test_writing_unchanged_scores_leaves_the_database_alone(beet: Beet) -> None:
    beet("recommend", "--write-scores", "-n", "1")
    before = (beet.base / "library.db").read_bytes()
    beet("recommend", "--write-scores", "-n", "1")
    assert (beet.base / "library.db").read_bytes() == before


def test_automatic_scores_follow_an_import(own_beet: Beet) -> None:
    own_beet.configure("recommend: {auto: yes, scores: yes}")
    write_tone(own_beet.music / "new/song.mp3", seconds=4.0, freq=600, tags={"title": "Fresh"})
    own_beet("import", "-A", "-C", "-q", own_beet.music / "new")
    assert len(own_beet.lines("ls", "musicrec_score:0..1")) == 11


def test_new_changed_moved_and_removed_songs_are_noticed(own_beet: Beet) -> None:
    beet = own_beet
    assert len(beet.lines(*TITLES)) == 10
    beet("dislike", "title:anvil")
    write_tone(beet.music / "new/song.mp3", seconds=4.0, freq=600, tags={"title": "Fresh"})
    beet("import", "-A", "-C", "-q", beet.music / "new")
    beet("remove", "-f", "title:lake")
    beet("modify", "-y", "-w", "-M", "title:river", "title=Stream")
    os.rename(beet.music / "loud/anvil.m4a", beet.music / "loud/moved.m4a")
    beet("update", "-F", "title")  # removes what is gone
    beet("import", "-A", "-C", "-q", beet.music / "loud/moved.m4a", "-s")
    titles = beet.lines(*TITLES)
    assert "Fresh" in titles
    assert "Lake" not in titles
    assert "Stream" in titles
    assert "Anvil" not in titles, "the dislike belongs to the recording, not to its path"
    assert len(titles) == 9


def test_a_name_that_is_not_utf8_can_be_liked_and_recommended(own_beet: Beet) -> None:
    folder = os.fsencode(own_beet.music) + b"/odd"
    os.mkdir(folder)
    song = write_tone(own_beet.music / "odd.mp3", seconds=4.0, freq=610, tags={"title": "Odd"})
    os.rename(song, folder + b"/caf\xe9 \x1b[31m.mp3")
    own_beet("import", "-A", "-C", "-q", own_beet.music / "odd")
    assert own_beet.lines(*TITLES, "title:odd") == ["Odd"]
    own_beet("dislike", "title:odd")
    assert own_beet.lines(*TITLES, "title:odd") == []


def test_a_missing_file_is_left_out_with_a_clear_line(own_beet: Beet) -> None:
    os.remove(own_beet.music / "loud/anvil.m4a")
    assert own_beet.fails("like", "title:anvil")[-1] == (
        "error: none of these files can be read: is their drive there?"
    )
    assert len(own_beet.lines(*TITLES)) == 9


def test_feedback_is_shared_with_musicrec_and_kept_apart_by_profile(beet: Beet) -> None:
    beet("like", "title:anvil")
    status = [sys.executable, "-m", "musicrec_tui", "status", "--json"]
    run = subprocess.run(status, env=beet.environment, capture_output=True, text=True, check=True)
    assert '"like": 1' in run.stdout
    beet.configure("recommend: {profile: guest}")
    assert beet.fails("recommend", "--undo") == ["error: there is nothing to undo"]


def test_the_home_can_be_configured(beet: Beet) -> None:
    del beet.environment["MUSICREC_HOME"]
    beet.configure("recommend: {home: ~/elsewhere}")
    beet("like", "title:anvil")
    assert (beet.base / "elsewhere/musicrec.db").is_file()


def test_a_store_from_the_future_is_an_error_of_one_line(beet: Beet) -> None:
    beet("like", "title:anvil")
    script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 99')"
    subprocess.run([sys.executable, "-c", script, beet.home / "musicrec.db"], check=True)
    (line,) = beet.fails("recommend")
    assert "newer musicrec" in line


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    beet = Beet(tmp_path / "config", tmp_path)
    beet("ls")  # beets speaks up when it makes its database
    (line,) = beet.fails("recommend")
    assert "beet import" in line


def test_the_plugin_is_found_without_a_plugin_path(beet: Beet) -> None:
    config = beet.base / "config.yaml"
    lines = config.read_text(encoding="utf-8").splitlines()
    config.write_text("\n".join(ln for ln in lines if not ln.startswith("pluginpath")))
    assert "recommend" in beet("help").stdout


def test_other_commands_of_beets_do_not_import_musicrec(beet: Beet) -> None:
    script = (
        "import sys\n"
        "from beets.ui import main\n"
        "main(['ls'])\n"
        "print(sorted(m for m in sys.modules if m.startswith(('musicrec', 'torch'))))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=beet.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.splitlines()[-1] == "[]"


def test_an_interrupted_first_call_loses_nothing_and_is_made_up_for(beet: Beet) -> None:
    beet("like", "title:anvil")
    script = (
        "from beets.ui import main\n"
        "from musicrec_core.audio.worker_pool import WorkerPool\n"
        "real, calls = WorkerPool.ask, []\n"
        "def ask(pool, path):\n"
        "    calls.append(path)\n"
        "    if len(calls) >= 5: raise KeyboardInterrupt\n"
        "    return real(pool, path)\n"
        "WorkerPool.ask = ask\n"
        "main(['recommend'])\n"
        "print(len(calls))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=beet.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(run.stdout) >= 5, "it stopped there, with no list and no traceback"
    assert len(beet.lines("recommend", "ambient")) == 3
    assert beet.lines("recommend", "--undo") == ["undone: like of Brute Force - Anvil"]
