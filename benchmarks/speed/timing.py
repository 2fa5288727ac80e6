"""Time whole commands in turns, so that a noisy machine disturbs all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits


def one_core() -> None:
    """One core for everyone, in libraries loaded already and in those to come."""
    for library in ("OMP", "OPENBLAS", "MKL", "RAYON"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    threadpool_limits(1)


@dataclass(frozen=True, slots=True)
class Times:
    """Wall-clock seconds of one command, a run each."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median_s(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)


def in_turns(
    commands: Mapping[str, Sequence[str]], runs: int, home: Path | None = None
) -> dict[str, Times]:
    """Run each command once unmeasured, then all of them `runs` times in alternation."""
    environment = as_installed(home)
    runs_s: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            if turn:
                runs_s[name].append(time.perf_counter() - started)
    return {name: Times(name, tuple(seconds)) for name, seconds in runs_s.items()}


def ratio(measured: Times, floor: Times) -> float:
    """The median of the ratios turn by turn."""
    return statistics.median(a / b for a, b in zip(measured.seconds, floor.seconds, strict=True))


def as_installed(home: Path | None = None) -> dict[str, str]:
    """The environment of a user: modules are compiled once, as pip does when it installs them."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    bytecode = Path(tempfile.gettempdir()) / f"musicrec-benchmarks-{os.getuid()}"
    kept["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return {**kept, **({"MUSICREC_HOME": str(home)} if home else {})}


def musicrec(*arguments: str) -> list[str]:
    """The installed command, beside this interpreter."""
    return [str(Path(sys.executable).parent / "musicrec"), *arguments]
