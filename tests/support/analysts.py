"""Stand-ins for the analysis, for tests of what runs it: the name of a file says what happens."""

from __future__ import annotations

import os
import re
import signal
import time

import numpy as np

from musicrec_core.errors import UnreadableFileError
from musicrec_core.records import Attributes, Features


def by_name(path: str) -> Features:
    """Crash, hang, fail or sleep as the name demands; else measure the length of the path."""
    print("noise that a decoder might make")
    name = os.path.basename(path)
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("exit"):
        os._exit(0)
    if name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hang"):
        re.match(r"(a+)+$", "a" * 60 + "b")  # years, in C, holding the interpreter's lock
    if name.startswith("sleep"):
        time.sleep(60)
    if name.startswith("unreadable"):
        raise UnreadableFileError(path, "no sound in it")
    if name.startswith("bug"):
        raise ZeroDivisionError("of mine")
    if name.startswith("once"):
        _crash_the_first_time(path)
    vector = np.array([len(path), 1 / 3, os.getpid()], dtype=np.float32)
    return Features(7, vector, Attributes(tempo_bpm=120.5, key="A minor"))


def environment(path: str) -> Features:
    """The niceness and the thread limit that the analysis runs under."""
    values = [os.nice(0), float(os.environ["OMP_NUM_THREADS"])]
    return Features(7, np.array(values, dtype=np.float32), Attributes())


def _crash_the_first_time(path: str) -> None:
    if not os.path.exists(path):
        with open(path, "w"):
            pass
        os._exit(3)
