"""What the screens remember from one time to the next: the theme."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from musicrec_core import paths


def theme(home: Path | None) -> str | None:
    """The theme chosen last; None where none was, or the file says nothing."""
    try:
        said = json.loads(paths.screen_settings(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    chosen = said.get("theme") if isinstance(said, dict) else None
    return chosen if isinstance(chosen, str) else None


def remember_theme(home: Path | None, name: str) -> None:
    """Keep the theme; where that cannot be written, go on without."""
    path = paths.screen_settings(home)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"theme": name}, file)
        os.replace(part, path)
