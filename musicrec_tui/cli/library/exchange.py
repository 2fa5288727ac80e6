"""export and import: everything of the user's, out and in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    common_options_with,
    echo,
    print_json,
    warn,
)
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from musicrec_core.app.results import ImportReport

ROWS_NAMED = 5


@click.command("export")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE",
              help="Write here instead of standard output.")  # fmt: skip
@click.option("--tracks", is_flag=True, help="Every track with what is known and heard of it.")
@click.option("--embeddings", is_flag=True, help="With --tracks: the sound as numbers too.")
@click.option("--rescue", is_flag=True,
              help="What can still be read of a damaged database; changes nothing.")  # fmt: skip
@common_options_with("With --tracks, one JSON document; all else is JSON lines already.")
def export_command(
    settings: Settings, out: Path | None, tracks: bool, embeddings: bool, rescue: bool
) -> None:
    """Write all that is yours as JSON lines, one object a line, for `import` to take back.

    With --tracks, the tracks instead; add --json for one document {"tracks": [...]}.
    """
    if embeddings and not tracks:
        raise click.UsageError("--embeddings goes with --tracks")
    if rescue and tracks:
        raise click.UsageError("--rescue saves feedback: it excludes --tracks")
    lost = 0
    with settings.open() as musicrec:
        rows: Iterable[dict[str, object]]
        if tracks:
            rows = (row.as_json() for row in musicrec.exchange.export_tracks(embeddings=embeddings))
        elif rescue:
            rows, lost = musicrec.exchange.export_rescued()
        else:
            rows = musicrec.exchange.export_everything()
        try:
            with _target(out) as file:
                if tracks and settings.as_json:
                    _write_document(file, rows)
                else:
                    file.writelines(json.dumps(row) + "\n" for row in rows)
        except OSError as error:
            if out is None:
                raise  # a closed pipe: click ends quietly
            raise MusicRecError(f"cannot write {out}: {error.strerror}") from error
    if lost:
        warn([f"{lost} pieces of feedback could not be read and are lost"])


@contextmanager
def _target(out: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes another's place only once it is whole."""
    if out is None:
        yield sys.stdout
        return
    if out.exists() and not out.is_file():  # a device or a pipe
        with out.open("w", encoding="utf-8") as file:
            yield file
        return
    whole = out.resolve()
    part = whole.with_name(f"{whole.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        part.replace(whole)
    except BaseException:  # Ctrl-C too must leave the file of last time as it was
        part.unlink(missing_ok=True)
        raise


def _write_document(file: IO[str], rows: Iterable[dict[str, object]]) -> None:
    """One document without holding a hundred thousand embeddings in memory."""
    file.write('{"tracks": [')
    for number, row in enumerate(rows):
        file.write((", " if number else "") + json.dumps(row))
    file.write("]}\n")


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--tracks", type=click.Path(path_type=Path), metavar="tracks.csv",
              help="A table of tracks that the ratings speak of.")  # fmt: skip
@click.option("--ratings", type=click.Path(path_type=Path), metavar="ratings.csv",
              help="A table of ratings; several users become a profile each.")  # fmt: skip
@click.option("--scale", type=click.FloatRange(min=1), metavar="N",
              help="What the ratings are out of, where it is told wrongly from them.")  # fmt: skip
@common_options
def import_command(
    settings: Settings,
    file: Path | None,
    tracks: Path | None,
    ratings: Path | None,
    scale: float | None,
) -> None:
    """Take back what `export` wrote, or take ratings from tables."""
    if (file is None) == (ratings is None):
        raise click.UsageError("give either a FILE that `export` wrote, or --ratings")
    if tracks and not ratings:
        raise click.UsageError("--tracks needs --ratings")
    if scale and not ratings:
        raise click.UsageError("--scale needs --ratings")
    with settings.open() as musicrec, ProgressLine() as progress:
        if ratings:
            report = musicrec.exchange.import_tables(tracks, ratings, progress, scale)
        else:
            assert file is not None
            report = musicrec.exchange.import_lines(_lines(file), progress)
    if file and report.foreign:
        raise MusicRecError(
            f"{file} is no musicrec export; tables are taken with --tracks and --ratings"
        )
    if file and report.bad and not report.imported and not report.known:
        first = report.bad[0]
        raise MusicRecError(f"nothing in {file} could be taken; line {first.line}: {first.reason}")
    _show(settings, report)
    if ratings and report.bad and not (report.unmatched or report.imported or report.known):
        raise MusicRecError(f"no row of {ratings} could be taken")
    if ratings and report.unmatched and not report.imported and not report.known:
        raise MusicRecError(
            f"no rating in {ratings} is of a song in the library: a trackId must be the path of a "
            "file that `musicrec scan` found"
        )


def _lines(file: Path) -> Iterable[str]:
    try:
        with click.open_file(str(file), encoding="utf-8", errors="replace") as stream:
            yield from stream
    except OSError as error:
        raise MusicRecError(f"cannot read {file}: {error.strerror}") from error


def _show(settings: Settings, report: ImportReport) -> None:
    warn((*report.notes, *(str(problem["text"]) for problem in report.problems)))
    if settings.as_json:
        print_json(report.as_json())
        return
    bad = len(report.bad)
    rows = "row" if bad == 1 else "rows"
    echo(f"{report.imported} imported, {report.known} already there, {bad} bad {rows}")
    if report.problems:
        return  # said already, by kind
    for row in report.bad[:ROWS_NAMED]:
        echo(f"  line {row.line}: {row.reason}", err=True)
    if bad > ROWS_NAMED:
        echo(f"  ... and {bad - ROWS_NAMED} more; --json names them all", err=True)


COMMANDS = (export_command, import_command)
