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
    root = Path(__file__).parent
    modules = {
        path.stem: ".".join(("benchmarks", *path.relative_to(root).with_suffix("").parts))
        for path in root.rglob("[!_]*.py")
        if "__main__" in path.read_text(encoding="utf-8")
    }
    for name in names:
        if name not in modules:
            sys.exit(f"no benchmark {name}; there are: {', '.join(sorted(modules))}")
        print(f"== {name}")
        runpy.run_module(modules[name], run_name="__main__")


main()
