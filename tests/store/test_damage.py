from __future__ import annotations

from pathlib import Path

import pytest

from musicrec_core.errors import StoreError
from musicrec_core.records import FoundFile, Tags
from musicrec_core.store import Store


def test_damage_that_shows_while_rows_are_read_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "musicrec.db"
    with Store(path) as store, store.atomic():
        root = store.files.add_root(b"/music")
        for number in range(5000):
            found = FoundFile(b"/music/%d.mp3" % number, 1, 1)
            store.files.put(root, found, Tags(f"Song {number}"), f"{number:032x}")
    data = bytearray(path.read_bytes())
    for start in range(len(data) // 4, len(data), 8192):
        data[start : start + 4096] = b"\xff" * len(data[start : start + 4096])
    path.write_bytes(data)
    with Store(path) as store:
        with pytest.raises(StoreError, match="cannot be used just now"):
            list(store.files.present())
        with pytest.raises(StoreError, match="cannot be used just now"):
            list(store.files.known())
