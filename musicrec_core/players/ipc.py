"""Lines of JSON to mpv and back: commands out, answers and events in."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

ANSWER_WITHIN_S = 5.0
LONGEST_LINE = 1 << 20  # an answer is some hundred bytes; more is not mpv

MpvCommand = Sequence[object] | Mapping[str, object]
"""A command and its arguments in their order, or by their names."""


class ByteStream(Protocol):
    """Bytes both ways: a socket, or a named pipe of Windows."""

    def send(self, data: bytes) -> None:
        """All of them."""

    def readline(self) -> bytes:
        """A line with its end, or less where the other side is gone."""

    def close(self) -> None:
        """Hang up."""


class SocketStream:
    """A connected socket."""

    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(ANSWER_WITHIN_S)
        self._socket = sock
        self._lines = sock.makefile("rb")

    def send(self, data: bytes) -> None:
        """All of them."""
        self._socket.sendall(data)

    def readline(self) -> bytes:
        """A line with its end."""
        return self._lines.readline(LONGEST_LINE)

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()


class PipeStream:
    """A named pipe of Windows, which is opened like a file."""

    def __init__(self, path: str) -> None:
        self._pipe = open(path, "r+b", buffering=0)  # noqa: SIM115 - closed by close

    def send(self, data: bytes) -> None:
        """All of them."""
        while data:
            data = data[self._pipe.write(data) or 0 :]

    def readline(self) -> bytes:
        """A line with its end."""
        return self._pipe.readline(LONGEST_LINE)

    def close(self) -> None:
        """Hang up."""
        self._pipe.close()


class IpcConnection:
    """One conversation. Raises OSError when the other side is silent, gone or talks nonsense."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._events: list[dict[str, Any]] = []
        self._last_id = 0

    def ask(self, command: MpvCommand) -> object:
        """Send a command and wait for its data; None when mpv refuses it."""
        self._last_id += 1
        request = {"command": command, "request_id": self._last_id}
        # A path that is not UTF-8 goes as the bytes it has on disk; mpv expects just that.
        text = json.dumps(request, ensure_ascii=False)
        self._stream.send(text.encode("utf-8", "surrogateescape") + b"\n")
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
        self._stream.close()

    def _read(self) -> dict[str, Any]:
        line = self._stream.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the connection was closed")
        try:
            message = json.loads(line.decode("utf-8", "replace"))
        except ValueError as error:
            raise ConnectionError("not JSON") from error
        if not isinstance(message, dict):
            raise ConnectionError("not an object")
        return message
