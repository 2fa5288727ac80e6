"""A page in headless Chromium, driven over its debugging protocol."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from rich.cells import cell_len

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CONTROL = re.compile(
    r"\x1b(?:\[(\d+);(\d+)H|\[[0-9;?<>$]*[A-Za-z]|\][^\a\x1b]*(?:\a|\x1b\\)|.)", re.DOTALL
)
PATIENCE_S = 60  # only a failing test waits that long


AREA = """(() => {
    const area = document.querySelector(".xterm-screen").getBoundingClientRect();
    return [area.left, area.top, area.width, area.height];
})()"""


class Screen:
    """What a terminal shows: only what Textual sends to move and write."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], str] = {}

    def write(self, data: str) -> None:
        row = column = at = 0
        for control in (*CONTROL.finditer(data), None):
            text = data[at : control.start() if control else None]
            for letter in text:
                if letter == "\n":
                    row, column = row + 1, 0
                elif letter >= " ":
                    self._cells[row, column] = letter
                    column += cell_len(letter)
            if control and control[1]:
                row, column = int(control[1]) - 1, int(control[2]) - 1
            at = control.end() if control else at

    def size(self) -> tuple[int, int]:
        rows, columns = (max((at[i] for at in self._cells), default=0) + 1 for i in (0, 1))
        return rows, columns

    def lines(self) -> list[str]:
        rows, columns = self.size()
        return ["".join(self._cells.get((r, c), " ") for c in range(columns)) for r in range(rows)]

    def __contains__(self, text: str) -> bool:
        return any(text in line for line in self.lines())

    def place(self, text: str) -> tuple[int, int]:
        return next((i, line.index(text)) for i, line in enumerate(self.lines()) if text in line)


class Page:
    """One tab: what it asked for, what its terminal was sent, and hands to type and click."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._sent = 0
        self.requested: list[str] = []
        self.screen = Screen()
        self._changed = asyncio.Event()

    async def listen(self) -> None:
        async for message in self._socket:
            event = message.json()
            if "id" in event:
                self._answers.pop(event["id"]).set_result(event.get("result", {}))
            self._note(event.get("method", ""), event.get("params", {}))
            self._changed.set()

    def _note(self, method: str, parameters: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requested.append(parameters["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requested.append(parameters["url"])
        elif method == "Network.webSocketFrameReceived":
            frame = parameters["response"]
            if frame["opcode"] == 2:
                self.screen.write(base64.b64decode(frame["payloadData"]).decode())

    async def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._sent += 1
        answer = self._answers[self._sent] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._sent, "method": method, "params": parameters})
        return await answer

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def type(self, text: str) -> None:
        for letter in text:
            key = {"\r": "Enter"}.get(letter, letter)
            code = 13 if letter == "\r" else ord(letter.upper())
            await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=letter,
                           windowsVirtualKeyCode=code)  # fmt: skip
            await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key,
                           windowsVirtualKeyCode=code)  # fmt: skip

    async def click(self, text: str) -> None:
        """Click in the middle of the first place where the terminal shows the text."""
        row, column = self.screen.place(text)
        left, top, width, height = await self.evaluate(AREA)
        rows, columns = self.screen.size()
        x = left + (column + len(text) / 2) * width / columns
        y = top + (row + 0.5) * height / rows
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                           clickCount=1)  # fmt: skip

    async def evaluate(self, script: str) -> Any:
        result = await self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        return result["result"].get("value")

    async def picture(self, path: Path) -> None:
        shot = await self.ask("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(shot["data"]))


class Browser:
    """Chromium; every page is a tab of it."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._at = f"http://127.0.0.1:{port}/json"
        self._listening: list[asyncio.Task[None]] = []

    async def open(self, address: str) -> Page:
        async with self._session.put(f"{self._at}/new?about:blank") as answer:
            target = await answer.json()
        page = Page(await self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
        self._listening.append(asyncio.create_task(page.listen()))
        await page.ask("Network.enable")
        await page.ask("Page.enable")
        await page.ask("Page.navigate", url=address)
        return page

    async def close(self) -> None:
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Browser]:
    """Chromium with a profile of its own in `folder`, ended at the end."""
    assert CHROMIUM
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        "--disable-background-networking", "--no-first-run", "--window-size=1000,600",
        f"--user-data-dir={folder}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            browser = Browser(session, port)
            yield browser
            await browser.close()
    finally:
        process.terminate()
        await process.wait()


async def _port(file: Path) -> int:
    async with asyncio.timeout(PATIENCE_S):
        while not file.exists() or "\n" not in file.read_text():
            await asyncio.sleep(0.02)
    return int(file.read_text().split("\n")[0])
