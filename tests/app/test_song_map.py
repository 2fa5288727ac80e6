"""The map through the facade: whole, and the same when songs go and come."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from musicrec_core.app.facade import MusicRec


def test_a_map_holds_every_song_and_stays_when_some_go(scanned: Path, tmp_path: Path) -> None:
    home, music = tmp_path / "home", tmp_path / "music"
    shutil.copytree(scanned / "music", music)
    music.chmod(0o755)
    with MusicRec(home=home) as musicrec:
        musicrec.library.scan([str(music)], jobs=1)
        whole = musicrec.song_map()
        assert len(whole.track_ids) == 10
        assert whole.at.shape == (10, 2)
        for folder in (music / "dance", music / "loud"):
            folder.chmod(0o755)
        (music / "dance" / "relay.ogg").unlink()
        musicrec.library.scan([str(music)], jobs=1)
        fewer = musicrec.song_map()
        stays = np.isin(whole.track_ids, fewer.track_ids)
        assert len(fewer.track_ids) == 9
        assert (whole.at[stays] == fewer.at).all()


def test_an_empty_library_has_an_empty_map(tmp_path: Path) -> None:
    with MusicRec(home=tmp_path) as musicrec:
        assert musicrec.song_map().at.shape == (0, 2)
