"""Commands as processes of their own, without a second of imports for each.

A process that has loaded what commands import waits for requests and forks for each: the child is a
fresh process with its own environment, output and exit status, in which nothing of ours has run but
its imports. What it had to load itself is loaded before the next fork, so a single test pays for
nothing that it does not use. A fork costs what the process that forks has loaded, so commands that
load what is large are given to a second one, once they did. That modules may be loaded in any
order, tests/test_import_order.py holds. Where start-up, signals or terminals matter, tests start
`python -m musicrec_tui` cold.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from typing import IO, NoReturn

# Of beets, plugins are loaded by what its configuration says, in the process itself.
LOADED_ANEW = ("beetsplug", "tests", "__main__", "__mp_main__")
CHOSEN_BY_ENVIRONMENT = ("keyring",)  # reads it while it is imported
LARGE = frozenset(("torch", "sklearn", "scipy", "numba", "librosa"))
LARGEST_MESSAGE_BYTES = 128 * 1024


def run(
    module: str, arguments: Sequence[str], env: Mapping[str, str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """`python -m module arguments`, with `typed` on standard input."""
    with tempfile.TemporaryFile() as given, _output() as out, _output() as err:
        given.write(typed.encode())
        given.seek(0)
        request = {"module": module, "arguments": arguments, "env": dict(env), "cwd": os.getcwd()}
        command = (module, *arguments[:1])
        server = _server("large" if command in _loads_what_is_large else "small")
        socket.send_fds(
            server, [json.dumps(request).encode()], [given.fileno(), out.fileno(), err.fileno()]
        )
        status, large = json.loads(server.recv(LARGEST_MESSAGE_BYTES))
        if large:
            _loads_what_is_large.add(command)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess([module, *arguments], status, out.read(), err.read())


def _output() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogateescape")


_loads_what_is_large: set[tuple[str, ...]] = set()


@cache
def _server(size: str) -> socket.socket:
    """Started with the first command of its kind, for as long as this process lives."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno()), size],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    atexit.register(process.wait)
    atexit.register(ours.close)  # runs first: the server ends when nobody can ask it any more
    return ours


def _serve(asked: socket.socket, size: str) -> None:
    """Answer every request with the exit status of a child, and whether it loaded what is large."""
    if size == "large":
        _load(["torch", "sklearn"])  # most of what is large begins with these
    while True:
        gc.freeze()  # no collection in a child touches, and so copies, what is loaded here
        message, fds, _, _ = socket.recv_fds(asked, LARGEST_MESSAGE_BYTES, 3)
        if not message:
            return
        loaded, tells = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(loaded)
            asked.close()
            _become(json.loads(message), fds, tells)
        for fd in (*fds, tells):
            os.close(fd)
        _, status = os.waitpid(pid, 0)
        with open(loaded, encoding="utf-8") as pipe:
            names = pipe.read().split()
        large = not LARGE.isdisjoint(name.partition(".")[0] for name in names)
        asked.send(json.dumps([os.waitstatus_to_exitcode(status), large]).encode())
        if size == "large" or not large:
            _load(names)


def _become(request: dict[str, object], fds: Sequence[int], tells: int) -> NoReturn:
    """Run the module as the interpreter would, and end without taking the libraries apart."""
    atexit.register(_tell, tells, frozenset(sys.modules))
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
    os.environ.clear()
    os.environ.update(request["env"])  # type: ignore[call-overload]
    os.chdir(str(request["cwd"]))
    sys.argv[1:] = request["arguments"]  # type: ignore[call-overload]
    status = 0
    try:
        runpy.run_module(str(request["module"]), run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 - the interpreter, too, would print any and go
        traceback.print_exc()
        status = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _tell(tells: int, before: frozenset[str]) -> None:
    names = [name for name in list(sys.modules) if name not in before]
    with contextlib.suppress(OSError), open(tells, "w", encoding="utf-8") as pipe:
        pipe.write("\n".join(names))


def _load(names: Sequence[str]) -> None:
    for name in names:
        if name.partition(".")[0] not in LOADED_ANEW + CHOSEN_BY_ENVIRONMENT:
            with contextlib.suppress(Exception):  # loaded in passing by something else
                importlib.import_module(name)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
