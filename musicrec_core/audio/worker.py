"""The child process that looks into files one by one, so that a bad one costs itself only.

It speaks JSON lines: `null` when ready or a text why it cannot be, then for each path that comes
in, either `{"result": …}` or `{"reason": …}`. It ends when its input does, so it never outlives
its parent, and ends itself when one file takes too long, even where C code holds the lock.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import IO, Any

from musicrec_core.audio.limits import Limits
from musicrec_core.errors import UnreadableFileError

Work = Callable[[str], Any]

WARM_UP_S = 60.0
"""Extra time for the first file: on a fresh install numba compiles for up to half a minute."""
MIB = 1 << 20


def main() -> None:
    """Serve until the input ends. Arguments: `module:function`, the limits as JSON."""
    name, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    replies = _private_output()
    if limits.polite and hasattr(os, "nice"):
        os.nice(10)
    # Decoders and numerical libraries die loudly; the terminal belongs to someone else.
    quiet = open(os.devnull, "w")  # noqa: SIM115 - must stay open as long as the process
    faulthandler.enable(quiet)
    work = _load(name, replies)
    _limit_memory(limits)
    allowed_s = limits.wall_s + WARM_UP_S
    for line in sys.stdin:
        faulthandler.dump_traceback_later(allowed_s, exit=True, file=quiet)
        _limit_processor(limits)
        reply = _reply(work, json.loads(line), limits)
        faulthandler.cancel_dump_traceback_later()
        _send(replies, reply)
        allowed_s = limits.wall_s


def _private_output() -> IO[str]:
    """The pipe to the parent; whatever a library prints goes nowhere."""
    pipe = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pipe


def _load(name: str, replies: IO[str]) -> Work:
    module, _, function = name.partition(":")
    try:
        work: Work = getattr(importlib.import_module(module), function)
    except Exception as error:  # an import may fail in any way; the parent is to say which
        _send(replies, f"{type(error).__name__}: {error}")
        raise
    _send(replies, None)
    return work


def _limit_memory(limits: Limits) -> None:
    """What is allocated, not what is mapped: the libraries alone map more than they use."""
    if limits.memory_mb is None or sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_mb * MIB, hard))


def _limit_processor(limits: Limits) -> None:
    """From now on: the system ends the process where one file takes more."""
    if limits.processor_s is None or sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed_s = int(used.ru_utime + used.ru_stime + limits.processor_s) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed_s, hard))


def _reply(work: Work, path: str, limits: Limits) -> dict[str, object]:
    try:
        result = work(path)
    except UnreadableFileError as error:
        return {"reason": error.reason}
    except MemoryError:
        return {"reason": limits.too_big}
    except Exception as error:  # noqa: BLE001 - one file must not cost the others
        return {"reason": f"{limits.doing} failed ({type(error).__name__}: {error})"}
    return {"result": result}


def _send(replies: IO[str], message: object) -> None:
    replies.write(json.dumps(message, default=_plain) + "\n")
    replies.flush()


def _plain(value: Any) -> object:
    """Records as objects; a float32 survives exactly: as a Python float it is written in full."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value.tolist()


if __name__ == "__main__":
    main()
