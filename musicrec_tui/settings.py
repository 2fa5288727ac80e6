"""What the screens remember from one time to the next: theme, keys, volume."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from musicrec_core import paths


def read(home: Path | None) -> dict[str, object]:
    """By name; empty where nothing was kept, or the file says nothing."""
    try:
        kept = json.loads(paths.screen_settings(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def text(home: Path | None, name: str) -> str | None:
    """A setting that is a text; None where it is none."""
    value = read(home).get(name)
    return value if isinstance(value, str) else None


def remember(home: Path | None, name: str, value: object) -> None:
    """Keep a setting beside the others; where that cannot be written, go on without."""
    path = paths.screen_settings(home)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({**read(home), name: value}, file)
        os.replace(part, path)
