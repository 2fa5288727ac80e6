"""The screens at a loopback address: each tab is a process of its own, as a terminal would be."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from musicrec_core.errors import MusicRecError
from musicrec_tui.browser.origins import is_own_host, is_own_origin

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TEMPLATES = Path(__file__).with_name("templates")
CLOSING_S = 5.0  # for tabs to end by themselves
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
        "script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@web.middleware
async def only_own_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site sends through the browser, by its Host and Origin headers."""
    host, origin = request.headers.get("Host"), request.headers.get("Origin")
    if not is_own_host(host):
        raise web.HTTPForbidden(text="musicrec answers at a loopback address only\n")
    if (origin is not None or request.path == "/ws") and not is_own_origin(origin, host):
        raise web.HTTPForbidden(text="musicrec answers to its own page only\n")
    return await handler(request)


async def _start_script(_: web.Request) -> web.FileResponse:
    return web.FileResponse(TEMPLATES / "start.js")


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


class ScreenServer(Server):
    """Textual's server, for one profile, for this machine alone."""

    def __init__(self, profile: str, host: str, port: int) -> None:
        super().__init__(
            _command(profile), host, port, title="musicrec", templates_path=str(TEMPLATES)
        )
        self._tabs: set[asyncio.Task[Any]] = set()

    async def listen(self, on_ready: Callable[[str], object]) -> None:
        """Answer until the process is told to end; `on_ready` gets the address of the page."""
        runner = web.AppRunner(await self._make_app(), shutdown_timeout=CLOSING_S, access_log=None)
        await runner.setup()
        try:
            await self._open(runner)
            ended = asyncio.Event()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                _on_signal(loop, number, ended)
            on_ready(_address(runner))
            await ended.wait()
        finally:
            await runner.cleanup()

    async def _open(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise MusicRecError(f"port {self.port} of {self.host}: {reason}") from error

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_get("/start.js", _start_script)
        app.middlewares.append(only_own_pages)
        app.on_response_prepare.append(_harden)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """The command says where the page is."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - aiohttp's
        """End the screens of every tab, as closing it would."""
        for tab in self._tabs:
            tab.cancel()
        if self._tabs:
            await asyncio.wait(self._tabs, timeout=CLOSING_S)

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page; its addresses are those it was asked under, a tunnel's too."""
        return {"host": request.host, "title": self.title}

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The screens of one tab."""
        tab = asyncio.current_task()
        assert tab is not None
        self._tabs.add(tab)
        try:
            return await super().handle_websocket(request)
        finally:
            self._tabs.discard(tab)


def run(profile: str, host: str, port: int, on_ready: Callable[[str], object]) -> None:
    """Serve until Ctrl-C or SIGTERM; raises MusicRecError where the port cannot be had."""
    asyncio.run(ScreenServer(profile, host, port).listen(on_ready))


def _on_signal(loop: asyncio.AbstractEventLoop, number: int, ended: asyncio.Event) -> None:
    try:
        loop.add_signal_handler(number, ended.set)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _command(profile: str) -> str:
    """For the shell that Textual's server starts; -P keeps the working folder out of imports."""
    words = [sys.executable, "-P", "-m", "musicrec_tui.browser", profile]
    return subprocess.list2cmdline(words) if os.name == "nt" else f"exec {shlex.join(words)}"
