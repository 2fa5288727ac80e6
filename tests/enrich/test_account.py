"""The key: kept where only its owner can read it, in the keyring where there is one, and unseen."""

from __future__ import annotations

import json
import os
import stat
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from musicrec_core.enrich import account as accounts
from musicrec_core.enrich.account import Account
from musicrec_core.enrich.server import Server
from musicrec_core.errors import EnrichError
from musicrec_core.service_records import LASTFM
from tests.enrich.lastfm_server import KEY

ACCOUNT = Account(Server.at(LASTFM.address), KEY, {"me": "rj"})


class Ring(types.ModuleType):
    """A keyring of the tests' own, or one that is locked."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def _open(self) -> None:
        if self.locked:
            raise RuntimeError(f"locked; it holds {KEY}")

    def set_password(self, service: str, name: str, key: str) -> None:
        self._open()
        self.kept[service, name] = key

    def get_password(self, service: str, name: str) -> str | None:
        self._open()
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        self._open()
        del self.kept[service, name]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file's place on a machine without a keyring."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    return tmp_path / "home" / "lastfm.json"


def test_without_a_file_it_is_off(path: Path) -> None:
    with pytest.raises(accounts.OffError, match="musicrec lastfm login"):
        accounts.load(path)


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing elsewhere")
def test_the_file_is_its_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        kept = accounts.save(path, ACCOUNT)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not kept.in_keyring
    assert accounts.load(path) == ACCOUNT
    assert [p.name for p in path.parent.iterdir()] == ["lastfm.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing elsewhere")
def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    accounts.save(path, ACCOUNT)
    path.chmod(0o644)
    accounts.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_there_is_a_keyring_the_file_holds_no_key(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert accounts.save(path, ACCOUNT).in_keyring
    assert KEY not in path.read_text()
    assert accounts.load(path).key == KEY
    assert accounts.forget(path)
    assert ring.kept == {}


def test_a_locked_keyring_leaves_the_key_to_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Ring(locked=True))
    assert not accounts.save(path, ACCOUNT).in_keyring
    assert accounts.load(path).key == KEY
    assert accounts.forget(path)


def test_a_keyring_that_was_locked_later_is_told_in_one_line(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    monkeypatch.setitem(sys.modules, "keyring", ring)
    accounts.save(path, ACCOUNT)
    ring.locked = True
    with pytest.raises(EnrichError, match="unlock it") as caught:
        accounts.load(path)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-10],
        lambda text: text.replace('"server"', '"other"'),
        lambda text: json.dumps([text]),
        lambda text: text.replace("https", "gopher"),
        lambda _: "",
    ],
)
def test_a_damaged_file_is_told_without_showing_what_it_holds(
    path: Path, damage: Callable[[str], str]
) -> None:
    accounts.save(path, ACCOUNT)
    path.write_text(damage(path.read_text()))
    with pytest.raises(EnrichError, match="enter the key anew") as caught:
        accounts.load(path)
    assert KEY not in str(caught.value)
    assert accounts.forget(path)
    assert not path.exists()


def test_the_key_has_no_part_in_what_an_account_looks_like() -> None:
    assert KEY not in repr(ACCOUNT)


@pytest.mark.parametrize("text", ["", "  ", "two\nlines", "k\u00e9y", "x" * 300])
def test_what_cannot_be_a_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(EnrichError) as caught:
        accounts.checked_key(text)
    assert not text.strip() or text not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("libre.fm", "https://libre.fm/2.0/"),
        ("https://music.example/api/", "https://music.example/api/"),
        ("http://nas.local:8080", "http://nas.local:8080/2.0/"),
        ("localhost:4567", "http://localhost:4567/2.0/"),
        ("127.0.0.1", "http://127.0.0.1/2.0/"),
        ("[::1]:99", "http://[::1]:99/2.0/"),
    ],
)
def test_an_address_is_read_as_people_write_it(written: str, url: str) -> None:
    assert Server.at(written).url == url


def test_only_http_over_a_network_is_open_to_readers() -> None:
    assert Server.at("http://nas.local").is_open
    assert not Server.at("http://127.0.0.1").is_open
    assert not Server.at("nas.local").is_open


@pytest.mark.parametrize(
    "written",
    ["", "https://", "ftp://a.b", "https://me:secret@a.b", "https://a.b:x", "https://a.b?c"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(EnrichError) as caught:
        Server.at(written)
    assert "secret" not in str(caught.value)
