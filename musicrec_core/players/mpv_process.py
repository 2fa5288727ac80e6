"""mpv as a child process with a connection to it: https://mpv.io/manual/stable/#json-ipc."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import uuid
from collections.abc import Sequence

from musicrec_core.players.ipc import IpcConnection, PipeStream, SocketStream

PIPE_WITHIN_S = 5.0
EXIT_WITHIN_S = 2.0


class MpvProcess:
    """A running mpv. Raises OSError where it does not start."""

    def __init__(self, command: Sequence[str]) -> None:
        start = _start_on_windows if os.name == "nt" else _start_on_posix
        self.process, self.connection = start(command)

    def close(self) -> None:
        """End it."""
        self.connection.close()  # which ends mpv, where the connection is its own
        if os.name == "nt":
            self.process.terminate()
        try:
            self.process.wait(EXIT_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _start_on_posix(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], IpcConnection]:
    """The connection is one end of a socket pair that mpv inherits.

    Nobody else can reach it, and mpv ends with this process, however that ends.
    """
    ours, theirs = socket.socketpair()
    try:
        process = _process(
            [*command, f"--input-ipc-client=fd://{theirs.fileno()}"], theirs.fileno()
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, IpcConnection(SocketStream(ours))


def _start_on_windows(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], IpcConnection]:
    """The connection is a named pipe that mpv makes soon after it started."""
    path = rf"\\.\pipe\musicrec-{uuid.uuid4().hex}"
    process = _process([*command, f"--input-ipc-server={path}"])
    deadline_s = time.monotonic() + PIPE_WITHIN_S
    while True:
        try:
            return process, IpcConnection(PipeStream(path))
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline_s:
                process.kill()
                raise
            time.sleep(0.02)


def _process(command: Sequence[str], *inherited: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - fixed options and the user's own
        command,
        pass_fds=inherited,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
