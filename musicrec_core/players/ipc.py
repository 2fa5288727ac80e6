"""Lines of JSON over a socket: commands out, answers and events in."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from typing import Any

ANSWER_WITHIN_S = 5.0
LONGEST_LINE = 1 << 20  # an answer is some hundred bytes; more is not mpv


class IpcConnection:
    """One conversation. Raises OSError when the other side is silent, gone or talks nonsense."""

    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(ANSWER_WITHIN_S)
        self._socket = sock
        self._lines = sock.makefile("rb")
        self._events: list[dict[str, Any]] = []
        self._last_id = 0

    def ask(self, command: Sequence[object]) -> object:
        """Send a command and wait for its data; None when mpv refuses it."""
        self._last_id += 1
        request = {"command": list(command), "request_id": self._last_id}
        # A path that is not UTF-8 goes as the bytes it has on disk; mpv expects just that.
        text = json.dumps(request, ensure_ascii=False)
        self._socket.sendall(text.encode("utf-8", "surrogateescape") + b"\n")
        while True:
            message = self._read()
            if "event" in message:
                self._events.append(message)
            elif message.get("request_id") == self._last_id:
                return message.get("data")

    def take_events(self) -> list[dict[str, Any]]:
        """What happened since the last time, oldest first."""
        events, self._events = self._events, []
        return events

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def _read(self) -> dict[str, Any]:
        line = self._lines.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise ConnectionError("the connection was closed")
        try:
            message = json.loads(line.decode("utf-8", "replace"))
        except ValueError as error:
            raise ConnectionError("not JSON") from error
        if not isinstance(message, dict):
            raise ConnectionError("not an object")
        return message
