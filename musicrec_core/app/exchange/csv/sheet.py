"""A CSV file, row by row; a row that cannot be read costs only itself."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from musicrec_core.app.exchange.csv.problems import RefusedRow, TableProblems
from musicrec_core.errors import TableError

MOST_LINES = 50  # of one row; a quote that is still open then was never meant to be closed
LINE_ENDS = ("\n", "\r")
HEAD_BYTES = 4096
_ERRORS = {"utf-8-sig": "surrogateescape", "utf-16": "replace"}
_SEPARATOR = re.compile(r"sep=(\t|[ -~])", re.IGNORECASE)  # a spreadsheet's own first line
_UNDECODED = re.compile("[\udc80-\udcff]")  # what surrogateescape leaves of a bad byte


class SheetRow(NamedTuple):
    """A row and the line it begins on; as many cells as the header has.

    odd: (kind, what is odd) of what is to be told where the row is taken nonetheless.
    """

    line: int
    cells: list[str]
    odd: tuple[tuple[str, str], ...] = ()


class Sheet:
    """A file with a header. Raises TableError where it is no table or lacks a needed column."""

    def __init__(self, path: Path, required: tuple[str, ...]) -> None:
        self.path, self.problems = path, TableProblems(path)
        try:
            self._encoding = _encoding(path)
            with self._open() as file:
                first = file.readline()
                named = _SEPARATOR.fullmatch(first.strip('\r\n"'))
                self._header_line = 2 if named else 1
                first = file.readline() if named else first
        except OSError as error:
            raise TableError(f"cannot read {path}: {error.strerror}") from error
        if not first.strip():
            raise TableError(f"{path} is empty: its first line must name the columns")
        self._delimiter = named[1] if named else max(",;\t", key=first.count)
        self.header = tuple(name.strip() for name in self._cells(first))
        names = [name.casefold() for name in self.header]
        self._place = {name: i for i, name in enumerate(names)}
        missing = [name for name in required if name.casefold() not in self._place]
        if missing:
            there = ", ".join(self.header)[:100]
            raise TableError(f"{path} has no column {', '.join(missing)}; it has {there}")
        twice = [name for name, low in zip(self.header, names, strict=True) if names.count(low) > 1]
        if twice:
            raise TableError(f"{path} names a column twice: {', '.join(twice)}")

    def place(self, name: str) -> int | None:
        """Where a column stands, whatever the case of its name; None where there is none."""
        return self._place.get(name.casefold())

    def rows(self) -> Iterator[SheetRow]:
        """Every row but the header and blank lines; what is odd in them goes to `problems`."""
        try:
            with self._open() as file:
                lines = _Lines(file)
                for _ in range(self._header_line):
                    lines.next()
                while (text := lines.next()) is not None:
                    number = lines.number
                    try:
                        row = self._row(number, text, lines)
                    except RefusedRow as refused:
                        self.problems.add(refused.kind, number, str(refused))
                        continue
                    if row.cells:
                        yield row
        except OSError as error:
            raise TableError(f"cannot read {self.path}: {error.strerror}") from error

    def taken(self, row: SheetRow) -> None:
        """Count what is odd in a row that is taken nonetheless."""
        for kind, what in row.odd:
            self.problems.add(kind, row.line, what)

    def _row(self, line: int, text: str, lines: _Lines) -> SheetRow:
        """Without cells for a blank line. Raises RefusedRow."""
        try:
            cells = self._closed(text, lines) if '"' in text else self._cells(text)
        except csv.Error as error:
            raise RefusedRow("field", str(error)) from error
        if "\0" in "".join(cells):
            raise RefusedRow("nul", "it holds a NUL byte")
        if len(cells) == len(self.header) and text.isascii():
            return SheetRow(line, cells)
        return self._fitted(line, cells) if cells else SheetRow(line, [])

    def _fitted(self, line: int, cells: list[str]) -> SheetRow:
        """At the header's length; further cells may only be empty ones."""
        width, wanted = len(cells), len(self.header)
        lengths = f"it has {width} cell{'s' * (width != 1)}, the header {wanted}"
        if any(cell.strip() for cell in cells[wanted:]):
            raise RefusedRow("cells", lengths)
        odd = [("short", lengths)] if width < wanted else []
        undecoded = next(filter(_UNDECODED.search, cells), "")
        if undecoded:
            odd.append(("encoding", ascii(undecoded)))
        return SheetRow(line, (cells + [""] * wanted)[:wanted], tuple(odd))

    def _closed(self, text: str, lines: _Lines) -> list[str]:
        """The cells of a row that may go on over several lines."""
        taken: list[str] = []
        while True:
            cells = self._cells(text)
            if not cells or not cells[-1].endswith(LINE_ENDS):
                return cells
            following = lines.next() if len(taken) < MOST_LINES else None
            if following is None:
                lines.put_back(taken)
                raise RefusedRow("quote", "a quote is opened and never closed")
            taken.append(following)
            text += following

    def _cells(self, text: str) -> list[str]:
        """The last cell ends with a line's end only where a quote is still open."""
        ended = text if text.endswith(LINE_ENDS) else text + "\n"
        return next(csv.reader([ended], delimiter=self._delimiter), [])

    def _open(self) -> IO[str]:
        return self.path.open(newline="", encoding=self._encoding, errors=_ERRORS[self._encoding])


class _Lines:
    """Lines of a file, some of which may be put back; `number` is that of the last one given."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file, self._back = file, deque[str]()
        self.number = 0

    def next(self) -> str | None:
        text = self._back.popleft() if self._back else next(self._file, None)
        self.number += text is not None
        return text

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _encoding(path: Path) -> str:
    """UTF-8, or UTF-16 where the file says so."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) / 4:
        raise TableError(f"{path} is no text in UTF-8 (UTF-16, perhaps?): save it as UTF-8")
    return "utf-8-sig"
