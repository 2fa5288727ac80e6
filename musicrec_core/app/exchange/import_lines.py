"""In: the user's feedback as JSON lines, and rating tables."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from musicrec_core.app.context import Context
from musicrec_core.app.exchange import playlist_lines, saved_list_lines, setting_lines
from musicrec_core.app.exchange.export import FORMAT
from musicrec_core.app.library.roots import is_there
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import TableError
from musicrec_core.feedback_kinds import KINDS
from musicrec_core.records import Progress

EVENTS = (*KINDS, "undo")
REPORT_EVERY = 1_000
NO_OBJECT = "not a JSON object"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every row is one of imported, known (already there), or bad.

    `unmatched` speak of songs that are not in the library. Of what `export` wrote they are
    imported, and count as soon as a scan finds the song; of a table they are bad, for nothing
    ties them to one.
    """

    imported: int
    known: int
    unmatched: int
    bad: tuple[BadRow, ...]
    profiles: tuple[str, ...]
    problems: tuple[dict[str, object], ...] = ()
    """Of tables: what was odd, counted by kind, as JSON."""
    notes: tuple[str, ...] = ()
    """Of tables: what there is to say of the whole, in sentences."""

    @property
    def foreign(self) -> bool:
        """Whether the file does not even begin as `export` begins one, and nothing was taken."""
        begins = BadRow(1, NO_OBJECT) not in self.bad
        return not (begins or self.imported or self.known)

    def as_json(self) -> dict[str, object]:
        """As `import --json` writes it."""
        return asdict(self)


def import_lines(
    context: Context, lines: Iterable[str], progress: OnProgress | None
) -> ImportReport:
    """Append what is not there yet; a line that cannot be taken is named, not fatal."""
    taker = _LineImport(context)
    report = progress or (lambda _: None)
    with context.store.atomic():
        for number, line in enumerate(lines, start=1):
            if line.strip():
                taker.take(number, line)
            if number % REPORT_EVERY == 0:
                report(Progress("importing", number, 0))
    return taker.report()


class _LineImport:
    """Takes feedback lines one by one, mapping old ids to new ones so that undos still fit."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._present = self._store.tracks.present_ids()
        self._seen = {s.key: s.id for s in self._store.feedback.statements()}
        self._new_id: dict[int, int] = {}
        self._bad: list[BadRow] = []
        self._profiles: set[str] = set()
        self._imported = self._known = self._unmatched = 0

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        try:
            row = _object(line)
            if row.get("type") == "feedback":
                self._take_feedback(row)
            elif row.get("type") == "playlist":
                playlist = playlist_lines.statement(row)
                taken = playlist_lines.take(self._store, playlist, self._present.__contains__)
                self._count(playlist.profile, taken=taken)
            elif row.get("type") == "list":
                saved = saved_list_lines.read(row)
                self._count(saved.profile, taken=saved_list_lines.take(self._store, saved))
            elif row.get("type") in setting_lines.KINDS:
                setting = setting_lines.take(self._context, row)
                self._count(setting.profile, taken=setting.new)
            elif row.get("type") == "musicrec" and row.get("format", 0) > FORMAT:
                raise TableError("written by a newer musicrec: upgrade first")
            elif row.get("type") == "folder":
                self._take_folder(_need(row, "path", str))
            elif row.get("type") != "musicrec":
                raise TableError(f"unknown type {row.get('type')!r}")
        except (TableError, ValueError, TypeError, ArithmeticError) as error:
            self._bad.append(BadRow(number, str(error)))

    def _take_folder(self, path: str) -> None:
        """A folder scanned before is scanned again by `scan`; offline where it is not there."""
        if not os.path.isabs(path):
            raise TableError(f"{path!r} is no folder's whole path")
        raw = os.fsencode(path)
        if raw not in {root.path for root in self._store.roots.all()}:
            root = self._store.roots.add(raw)
            if not is_there(root):
                self._store.roots.set_offline(root)

    def _count(self, profile: str | None, *, taken: bool) -> None:
        if taken:
            self._imported += 1
            self._profiles |= {profile} if profile else set()
        else:
            self._known += 1

    def _take_feedback(self, row: dict[str, Any]) -> None:
        from musicrec_core.store.opinions.feedback import Statement

        statement = Statement(
            id=int(_need(row, "id", int)),
            profile=_need(row, "profile", str),
            identity=_need(row, "identity", str),
            kind=_need(row, "kind", str),
            value=_finite(row.get("value")),
            at_s=float(_need(row, "at_s", (int, float))),
            source=str(row.get("source", "import")),
            undoes=self._new_id.get(row["undoes"]) if row.get("undoes") is not None else None,
            path=str(row.get("path") or ""),
            context=_circumstances(row.get("context")),
        )
        if statement.kind not in EVENTS:
            raise TableError(f"unknown kind of feedback {statement.kind!r}")
        if statement.kind == "undo" and statement.undoes is None:
            raise TableError("undoes something that was not imported")
        if statement.kind == "rating" and not 1 <= (statement.value or 0) <= 5:
            raise TableError(f"a rating is a number from 1 to 5, not {statement.value}")
        if statement.key in self._seen:
            self._known += 1
            self._new_id[statement.id] = self._seen[statement.key]
            return
        track_id = self._store.tracks.track_of(statement.identity)
        self._remember_path(track_id, statement.path)
        new_id = self._store.feedback.append(statement, track_id)
        self._new_id[statement.id] = self._seen[statement.key] = new_id
        self._imported += 1
        self._unmatched += track_id not in self._present
        self._profiles.add(statement.profile)

    def _remember_path(self, track_id: int, path: str) -> None:
        if path and track_id not in self._present:
            with suppress(UnicodeEncodeError):  # no name that a file could have
                self._store.feedback.remember_path(track_id, os.fsencode(path))

    def report(self) -> ImportReport:
        """What became of the lines."""
        return ImportReport(
            self._imported, self._known, self._unmatched, tuple(self._bad),
            tuple(sorted(self._profiles)),
        )  # fmt: skip


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TableError(NO_OBJECT) from error
    if not isinstance(row, dict):
        raise TableError(NO_OBJECT)
    return row


def _need(row: dict[str, Any], name: str, kind: type | tuple[type, ...]) -> Any:
    value = row.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TableError(f"{name} is missing or of the wrong kind")
    if isinstance(value, float) and not math.isfinite(value):
        raise TableError(f"{name} is not a finite number")
    return value


def _circumstances(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TableError(f"context {value!r} is not an object")
    return json.dumps(value)


def _finite(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TableError(f"value {value!r} is not a finite number")
    return float(value)
