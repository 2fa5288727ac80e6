"""A list request as JSON and back: what differs from an ordinary list, by the names of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from musicrec_core.app.lists.request import ListRequest
from musicrec_core.errors import MusicRecError

Part = TypeVar("Part", bound=Any)

LEFT_OUT = ("within", "turns", "seasonal")
"""Songs one by one are no recipe, nor is a talk; the season follows from the words."""


def as_json(request: ListRequest) -> dict[str, Any]:
    """Its fields that are not as in any list; numbers within it under their own names."""
    return _differences(request, ListRequest())


def from_json(row: Mapping[str, Any]) -> ListRequest:
    """Raises MusicRecError where it holds what this version does not know."""
    return _changed(ListRequest(), row)


def _differences(value: Part, ordinary: Part) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in fields(value):
        own, usual = getattr(value, field.name), getattr(ordinary, field.name)
        if own != usual and field.name not in LEFT_OUT:
            row[field.name] = _differences(own, usual) if is_dataclass(usual) else own
    return row


def _changed(ordinary: Part, row: Mapping[str, Any]) -> Part:
    usual = {field.name: getattr(ordinary, field.name) for field in fields(ordinary)}
    changes: dict[str, Any] = {}
    for name, value in row.items():
        if name not in usual or name in LEFT_OUT:
            raise MusicRecError(f"{name!r} of a saved list is not known here: upgrade musicrec")
        if is_dataclass(usual[name]):
            changes[name] = _changed(usual[name], value)
        else:
            changes[name] = tuple(value) if isinstance(value, list) else value
    return replace(ordinary, **changes)
