"""Run one benchmark by name, or those that need no further data."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

WITHOUT_DATA = ("startup", "scale")


def main() -> None:
    """`python -m benchmarks [NAME [ARGUMENTS]]`."""
    if len(sys.argv) > 1:
        names, sys.argv = [sys.argv[1]], sys.argv[1:]
    else:
        names = list(WITHOUT_DATA)
    known = {path.stem for path in Path(__file__).parent.glob("[!_]*.py")}
    for name in names:
        if name not in known:
            sys.exit(f"no benchmark {name}; there are: {', '.join(sorted(known))}")
        print(f"== {name}")
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")


main()
