"""The child process that analyses files one by one, so that a crash costs one file only.

It speaks JSON lines: `null` when ready or a text why it cannot be, then for each path that comes
in, either `{"features": …}` or `{"reason": …}`. It ends when its input does, so it never outlives
its parent, and ends itself when one file takes too long, even where C code holds the lock.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import IO

from musicrec_core.errors import UnreadableFileError
from musicrec_core.records import Features

Analyse = Callable[[str], Features]

WARM_UP_S = 60.0
"""Extra time for the first file: on a fresh install numba compiles for up to half a minute."""


def main() -> None:
    """Serve until the input ends. Arguments: `module:function`, the time limit in seconds."""
    name, limit_s = sys.argv[1], float(sys.argv[2])
    replies = _private_output()
    if hasattr(os, "nice"):
        os.nice(10)
    # Decoders and numerical libraries die loudly; the terminal belongs to someone else.
    quiet = open(os.devnull, "w")  # noqa: SIM115 - must stay open as long as the process
    faulthandler.enable(quiet)
    analyse = _load(name, replies)
    allowed_s = limit_s + WARM_UP_S
    for line in sys.stdin:
        faulthandler.dump_traceback_later(allowed_s, exit=True, file=quiet)
        reply = _reply(analyse, json.loads(line))
        faulthandler.cancel_dump_traceback_later()
        _send(replies, reply)
        allowed_s = limit_s


def _private_output() -> IO[str]:
    """The pipe to the parent; whatever a library prints goes nowhere."""
    pipe = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pipe


def _load(name: str, replies: IO[str]) -> Analyse:
    module, _, function = name.partition(":")
    try:
        analyse: Analyse = getattr(importlib.import_module(module), function)
    except Exception as error:  # an import may fail in any way; the parent is to say which
        _send(replies, f"{type(error).__name__}: {error}")
        raise
    _send(replies, None)
    return analyse


def _reply(analyse: Analyse, path: str) -> dict[str, object]:
    try:
        features = analyse(path)
    except UnreadableFileError as error:
        return {"reason": error.reason}
    except Exception as error:  # noqa: BLE001 - one file must not cost the others
        return {"reason": f"analysis failed ({type(error).__name__}: {error})"}
    # A float32 survives JSON exactly: as a Python float it is written in full.
    return {"features": asdict(features) | {"vector": features.vector.tolist()}}


def _send(replies: IO[str], message: object) -> None:
    replies.write(json.dumps(message) + "\n")
    replies.flush()


if __name__ == "__main__":
    main()
