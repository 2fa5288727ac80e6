"""Sentences drawn from templates: `(a|b)` chooses, `{name}` is filled, names carry their slot."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
TEMPLATES = ("requests.txt", "foreign.txt", "voices.txt")
_PIECE = re.compile(r"\(([^()]*)\)|\{(\w+)\}")
# Which slot of a request a filled name stands for.
SLOTS = {
    "track": "track", "artist": "artist", "album": "album", "genre": "genre",
    "adj": "playlist", "Adj": "playlist", "era": "year", "eraadj": "year",
}  # fmt: skip

Span = tuple[str, str | None]  # text, slot


def read_sections(path: Path) -> dict[str, list[str]]:
    """The lines under each [heading] of a file."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def read_templates() -> dict[str, list[str]]:
    """The lines of all files, by intent."""
    by_intent: dict[str, list[str]] = {}
    for name in TEMPLATES:
        for intent, lines in read_sections(FOLDER / name).items():
            by_intent.setdefault(intent, []).extend(lines)
    return by_intent


def read_fillers() -> dict[str, list[str]]:
    """What each {name} may be filled with."""
    return {
        name: [entry for line in lines for entry in re.split(r" ?\| ?", line)]
        for name, lines in read_sections(FOLDER / "fillers.txt").items()
    }


@dataclass(frozen=True, slots=True)
class Generator:
    """Draws sentences; `names` holds real names for track, artist and album."""

    fillers: Mapping[str, Sequence[str]]
    names: Mapping[str, Sequence[str]]
    random: random.Random

    def spans(self, template: str, slot: str | None = None) -> list[Span]:
        """A sentence as pieces of text, each with its slot."""
        template = self._chosen(template)
        marked: list[Span] = []
        at = 0
        for match in _PIECE.finditer(template):
            marked.append((template[at : match.start()], slot))
            marked += self._filled(match.group(2), slot)
            at = match.end()
        marked.append((template[at:], slot))
        return [(text, label) for text, label in marked if text]

    def _chosen(self, template: str) -> str:
        while match := re.search(r"\(([^()]*)\)", template):
            choice = self.random.choice(match.group(1).split("|"))
            template = template[: match.start()] + choice + template[match.end() :]
        return re.sub(r" +", " ", template).strip()

    def _filled(self, name: str, slot: str | None) -> list[Span]:
        label = slot or SLOTS.get(name)
        if name in self.names:
            return [(self.random.choice(self.names[name]), label)]
        return self.spans(self.random.choice(self.fillers[name]), label)
