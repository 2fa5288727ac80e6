"""The small JSON files that lie beside model versions: read whole, or told to be damaged.

None is ever overwritten while it is damaged: it is set aside first, as NAME.damaged.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from musicrec_core.errors import ModelError
from musicrec_core.replacing import replace_file

CURRENT = "current.json"


def read(path: Path) -> dict[str, Any] | None:
    """What a file holds, None where there is none. Raises ModelError where it is damaged."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path} is damaged") from error
    if not isinstance(document, dict):
        raise ModelError(f"{path} is damaged")
    return document


def chosen(folder: Path) -> str | None:
    """The version in use by a folder's `current.json`, None before one was ever chosen.

    Raises ModelError where the file is damaged.
    """
    return _chosen(folder / CURRENT)


def newest_usable(versions: Iterable[str], check: Callable[[str], object], otherwise: str) -> str:
    """The newest version for which `check` raises no ModelError, `otherwise` where none is."""
    for version in sorted(versions, reverse=True):
        with suppress(ModelError):
            check(version)
            return version
    return otherwise


def choose(folder: Path, version: str) -> None:
    """Use a version from now on."""
    _write(folder / CURRENT, {"version": version}, _chosen)


def write(path: Path, document: dict[str, Any]) -> None:
    """Replace what `read` reads."""
    _write(path, document, read)


def _chosen(path: Path) -> str | None:
    document = read(path)
    if document is None:
        return None
    version = document.get("version")
    if not isinstance(version, str) or not version:
        raise ModelError(f"{path} is damaged")
    return version


def _write(path: Path, document: dict[str, Any], check: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        check(path)
    except ModelError:
        _set_aside(path)
    replace_file(path, json.dumps(document).encode())


def _set_aside(path: Path) -> None:
    number, free = 1, path.with_name(f"{path.name}.damaged")
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.damaged-{number}")
    os.replace(path, free)


def profile_folder(profile: str) -> str:
    """A folder name that any file system takes, another for every profile."""
    plain = re.sub(r"[^a-z0-9_-]", "_", profile.lower())[:40]
    if plain == profile and plain:
        return plain
    return f"{plain}-{hashlib.sha256(profile.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
