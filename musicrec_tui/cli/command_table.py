"""All commands by name; a command's file is imported when the command is first looked at."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

from musicrec_core.service_records import SERVICES

COMMANDS_OF = {
    "library.library": ("scan", "status", "search", "prune", "doctor"),
    "lists.recommend": ("recommend", "explain"),
    "assistant.describe": ("describe",),
    "lists.activities": ("activities",),
    "lists.clusters": ("clusters",),
    "lists.saved": ("lists",),
    "playlists": ("playlist",),
    "lists.radio": ("radio",),
    "lists.guards": ("guards", "ban", "unban"),
    "assistant.ask": ("ask",),
    "feedback.opinions": ("like", "dislike", "rate", "skip", "undo"),
    "feedback.privacy": ("forget", "incognito", "apart"),
    "models.learn": ("retrain", "evaluate"),
    "models.versions": ("models",),
    "insights.insights": ("insights",),
    "insights.year": ("year",),
    "services": ("enrich", *(spec.name for spec in SERVICES)),
    "assistant.llm": ("llm",),
    "library.exchange": ("export", "import"),
    "assistant.mcp": ("mcp",),
    "serve": ("serve",),
    "library.demo": ("demo",),
}
"""By module of this package, in the order in which a newcomer meets them."""


class CommandTable(MutableMapping[str, click.Command]):
    """The commands of `COMMANDS_OF`."""

    def __init__(self) -> None:
        self._file_of = {name: file for file, names in COMMANDS_OF.items() for name in names}
        self._imported: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._imported:
            module = import_module(f"musicrec_tui.cli.{self._file_of[name]}")
            self._imported |= {command.name: command for command in module.COMMANDS}
        return self._imported[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._file_of.setdefault(name, "")
        self._imported[name] = command

    def __delitem__(self, name: str) -> None:
        del self._file_of[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._file_of)

    def __len__(self) -> int:
        return len(self._file_of)

    def __contains__(self, name: object) -> bool:
        return name in self._file_of
