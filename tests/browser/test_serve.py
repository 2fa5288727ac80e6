"""`musicrec serve`: the screens in a browser, and who is refused."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("textual_serve")

from musicrec_core.app.facade import MusicRec
from tests.browser.chromium import CHROMIUM, Page, browsing
from tests.conftest import Command

PATIENCE_S = 60


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server, which must end with nothing said when Ctrl-C is pressed."""
    server = subprocess.Popen(
        [sys.executable, "-m", "musicrec_tui", "serve", "--port", "0"],
        env={**os.environ, "MUSICREC_HOME": str(home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout
        output = server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", output)
        assert address, output + (server.communicate()[1] if server.poll() else "")
        yield address[0]
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=PATIENCE_S) == ("", "")
        assert server.returncode == 0
    finally:
        server.kill()
        server.communicate()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with serving(tmp_path_factory.mktemp("served")) as address:
        yield address
    signal.signal(signal.SIGINT, before)


async def answer(address: str, path: str, *headers: str, host: str = "") -> tuple[int, str]:
    """(status, all of the answer) of a request as it goes over the wire."""
    at = urlsplit(address)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    lines = (f"GET {path} HTTP/1.1", f"Host: {host or at.netloc}", *headers, "Connection: close")
    writer.write("\r\n".join((*lines, "", "")).encode())
    whole = (await reader.read(4096)).decode(errors="replace")
    writer.close()
    return int(whole.split()[1]), whole


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.2:80",
                                  "localhost.", "a@localhost", "[fe80::1]"])  # fmt: skip
async def test_names_of_others_that_lead_here_are_refused(address: str, host: str) -> None:
    for path in ("/", "/ws", "/static/js/textual.js"):
        assert (await answer(address, path, f"Origin: http://{host}", host=host))[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1",
                                    "https://{host}", "http://{host}.evil.example"])  # fmt: skip
async def test_pages_of_others_are_refused(address: str, origin: str) -> None:
    sent = "Origin: " + origin.format(host=urlsplit(address).netloc)
    for path in ("/", "/ws", "/static/js/textual.js"):
        assert (await answer(address, path, sent))[0] == 403


async def test_only_the_own_page_may_open_the_screens(address: str) -> None:
    assert (await answer(address, "/ws"))[0] == 403


@pytest.mark.parametrize("host", ["", "localhost:9000", "[::1]:9000", "LOCALHOST"])
async def test_the_page_of_a_tunnel_speaks_to_its_near_end(address: str, host: str) -> None:
    status, page = await answer(address, "/", host=host)
    assert status == 200
    assert f'"ws://{host or urlsplit(address).netloc}/ws"' in page
    assert "frame-ancestors 'none'" in page  # no other page may put it under its own buttons


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org", "::"])
def test_other_addresses_are_refused_with_a_word_on_tunnels(fresh: Command, host: str) -> None:
    assert "ssh -L" in fresh.fails("serve", "--host", host, status=2)


def test_a_port_in_use_is_one_line(address: str, fresh: Command) -> None:
    error = fresh.fails("serve", "--port", urlsplit(address).port)
    assert "in use" in error
    assert error.count("\n") == 1


def test_without_the_extra_one_line_says_how_to_get_it(fresh: Command, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['textual_serve'] = None\n")
    path = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    run = subprocess.run(
        [sys.executable, "-m", "musicrec_tui", "serve"],
        env={**os.environ, "PYTHONPATH": path, "MUSICREC_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr == "musicrec: serve needs the extra: pip install 'musicrec[serve]'\n"


def test_json_is_refused(fresh: Command) -> None:
    assert "--json" in fresh.fails("serve", "--json", status=2)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
async def test_two_tabs_are_typed_and_clicked_in(
    scanned: Path, tmp_path: Path, ctrl_c: None
) -> None:
    shutil.copytree(scanned / "home", tmp_path / "home")
    with serving(tmp_path / "home") as address:
        async with browsing(tmp_path / "chromium") as browser:
            tabs = [await browser.open(address) for _ in range(2)]
            for tab, key, effect in zip(tabs, "ld", ("♥ Liked", "✗ Disliked"), strict=True):
                await _say(tab, key, effect)
            await tabs[0].click("2 Library")
            await tabs[0].until(lambda: "10 songs, by artist" in tabs[0].screen)
            outside = [
                url
                for tab in tabs
                for url in tab.requested
                if urlsplit(url).netloc != urlsplit(address).netloc and urlsplit(url).netloc
            ]
            assert not outside
            assert any(url.startswith("ws://") for url in tabs[1].requested)
    with MusicRec(home=tmp_path / "home") as musicrec:
        kinds = [line.get("kind") for line in musicrec.exchange.export_everything()]
        assert [kind for kind in kinds if kind in ("like", "dislike")] == ["like", "dislike"]
        assert all(check.ok for check in musicrec.doctor() if check.needed)


async def _say(tab: Page, key: str, effect: str) -> None:
    await tab.until(lambda: "Why" in tab.screen)
    await tab.type(key)
    await tab.until(lambda: effect in tab.screen)
