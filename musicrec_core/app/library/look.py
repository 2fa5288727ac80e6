"""One look into a file: what it says of itself, which recording it is, how long it lasts.

It is the work of a child process (`WorkerPool`), so that a file whose tags unpack to gigabytes, or
that takes its reader minutes, costs nothing but itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from musicrec_core.audio.identity import probe
from musicrec_core.audio.limits import Limits
from musicrec_core.library.tags import read_tags
from musicrec_core.records import Tags

WORK = "musicrec_core.app.library.look:look"
LIMITS = Limits(wall_s=60.0, processor_s=6.0, memory_mb=360, polite=False, doing="reading its tags")
"""A folder that sleeps takes seconds to wake, without using the processor. With what its libraries
map besides, the process stays below 400 MB."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look gave."""

    tags: Tags
    identity: str


def look(path: str) -> Look:
    """Look into the file at `path`, as `os.fsdecode` gives it.

    Raises UnreadableFileError for what is no audio, MemoryError where it takes too much.
    """
    probed = probe(path)
    tags = read_tags(path, probed.texts)
    return Look(replace(tags, duration_s=probed.length_s), probed.identity.digest)


def look_of(raw: dict[str, Any]) -> Look:
    """A look as it came back through JSON."""
    tags = raw["tags"]
    lists = {name: tuple(tags[name]) for name in ("genres", "artists")}
    return Look(Tags(**(tags | lists)), raw["identity"])
