"""A class name means one thing: who reads it need not ask of which package."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_two_public_classes_have_one_name() -> None:
    places = defaultdict(list)
    for folder in ("musicrec_core", "musicrec_tui", "plugins"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            # Messages of a widget stand inside it, and are called by its name.
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
