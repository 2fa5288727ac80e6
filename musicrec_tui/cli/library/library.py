"""scan, status, doctor, search, prune: the library."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.text import count, one_line
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    notice_text,
    print_json,
    track_json,
    track_lines,
)
from musicrec_tui.cli.models.versions import model_json
from musicrec_tui.cli.progress import ProgressLine
from musicrec_tui.cli.terminal import GAP, Role, columns, echo_inked, ink, on_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.results import Status
    from musicrec_core.records import ScanReport, Track

FAILED_SHOWN = 10
ID_CELLS = 6


def _patterns(
    _: click.Context, option: click.Parameter, patterns: tuple[str, ...]
) -> tuple[str, ...]:
    for pattern in patterns:
        if not pattern.strip("/! ") or not pattern.isprintable():
            raise click.BadParameter(f"{pattern!r} is no pattern", param=option)
    return patterns


@click.command()
@click.argument("folders", nargs=-1, metavar="[DIR]...")
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Processes that listen; default: all cores but one."
)
@click.option("--tags-only", is_flag=True, help="Read tags, leave listening for later.")
@click.option("--retry-failed", is_flag=True, help="Try quarantined files again.")
@click.option("--again", is_flag=True, help="Read all tags anew; nothing is listened to anew.")
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    callback=_patterns,
    help="Leave out what matches, from now on; as in .gitignore; repeatable.",
)
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    callback=_patterns,
    help="Leave it out no more.",
)
@click.option("--cluster", metavar="HOST:PORT", help="Listen on a dask cluster.")
@common_options
def scan(
    settings: Settings,
    folders: tuple[str, ...],
    jobs: int | None,
    tags_only: bool,
    retry_failed: bool,
    again: bool,
    exclude: tuple[str, ...],
    include: tuple[str, ...],
    cluster: str | None,
) -> None:
    """Find music, read its tags, listen to it.

    Without DIR, look again at the folders scanned before. Stop it at any time with Ctrl-C: the
    next scan goes on where it stopped.
    """
    with settings.open() as musicrec, ProgressLine() as progress:
        report = musicrec.library.scan(
            folders,
            jobs=jobs,
            tags_only=tags_only,
            retry_failed=retry_failed,
            cluster=cluster,
            again=again,
            exclude=exclude,
            include=include,
            progress=progress,
        )
    if settings.as_json:
        print_json(asdict(report))
    else:
        echo(_scan_text(report))


def _scan_text(report: ScanReport) -> str:
    states = ("new", "changed", "moved", "unchanged", "missing")
    counts = ", ".join(f"{getattr(report, s)} {s}" for s in states if getattr(report, s))
    lines = [
        f"{count(report.found, 'audio file')}: {counts or 'none readable'}"
        + (f", {len(report.failed)} failed" if report.failed else ""),
        f"{report.analysed} listened to in {report.seconds:.1f} s",
    ]
    lines += [f"  failed: {f.path}: {f.reason}" for f in report.failed[:FAILED_SHOWN]]
    if len(report.failed) > FAILED_SHOWN:
        lines.append(f"  ... and {len(report.failed) - FAILED_SHOWN} more; --json lists them all")
    lines += [f"  skipped: {f.path}: {f.reason}" for f in report.skipped]
    lines += [f"  left out: {f.path}: {f.reason}" for f in report.left_out[:FAILED_SHOWN]]
    if len(report.left_out) > FAILED_SHOWN:
        lines.append(f"  ... and {len(report.left_out) - FAILED_SHOWN} more left out")
    return "\n".join(lines)


@click.command()
@common_options
def status(settings: Settings) -> None:
    """Show how much is known of the library."""
    with settings.open() as musicrec:
        report = musicrec.status()
    if settings.as_json:
        print_json(status_json(report))
    else:
        echo(_status_text(report))


def status_json(report: Status) -> dict[str, object]:
    """The state of the library as JSON shows it."""
    suggestion = notice_text(report.suggestion) if report.suggestion else None
    return asdict(report) | {"model": model_json(report.model), "suggestion": suggestion}


def _status_text(report: Status) -> str:
    counts = ", ".join(f"{n} {kind}" for kind, n in report.feedback.items() if n)
    copies = "" if report.files == report.tracks else f" in {report.files} files"
    heard = f"{report.analysed} listened to, {report.pending} to go"
    lines = [f"tracks    {report.tracks}{copies}, {heard}"]
    if report.stale or report.failed or report.missing or report.offline:
        lines.append(
            f"          {report.stale} stale, {report.failed} failed, "
            f"{report.missing} missing, {report.offline} offline"
        )
    lines += [
        f"folder    {root.path}" + ("" if root.online else "  (offline)") for root in report.roots
    ]
    lines.append(f"feedback  {counts or 'none yet: musicrec like QUERY'}")
    lines.append(f"model     {report.model.version} ({report.model.kind})")
    if report.suggestion:
        lines.append(f"next      {notice_text(report.suggestion)}")
    return "\n".join(lines)


@click.command()
@common_options
def doctor(settings: Settings) -> None:
    """Check all that musicrec leans on, and say how to mend it."""
    with settings.open() as musicrec:
        checks = musicrec.doctor()
    if settings.as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            mark = "ok " if check.ok else "BAD" if check.needed else "-- "
            role: Role = "good" if check.ok else "bad" if check.needed else "quiet"
            echo_inked(ink(mark, role), f"  {check.name:<16} ", one_line(check.detail))
    if any(check.needed and not check.ok for check in checks):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("text")
@click.option("-n", "limit", type=click.IntRange(1), default=20, show_default=True)
@common_options
def search(settings: Settings, text: str, limit: int) -> None:
    """Find tracks by words; typing mistakes are forgiven."""
    with settings.open() as musicrec:
        tracks = musicrec.library.search(text, limit)
        heard = musicrec.lists.listeners(tracks) if settings.as_json else [None] * len(tracks)
    if settings.as_json:
        shown = zip(tracks, heard, strict=True)
        print_json({"tracks": [track_json(track) | {"listeners": n} for track, n in shown]})
    elif tracks:
        for track, line in zip(tracks, _found_lines(tracks), strict=True):
            echo_inked(ink(f"{track.id:>{ID_CELLS}}", "quiet"), GAP, line)
    else:
        echo(f"nothing found for {text!r}", err=True)


def _found_lines(tracks: Sequence[Track]) -> list[str]:
    if on_terminal():
        return track_lines(tracks, columns() - ID_CELLS - len(GAP))
    albums = (f"  ({track.album})" if track.album else "" for track in tracks)
    return [one_line(track.label + album) for track, album in zip(tracks, albums, strict=True)]


@click.command()
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--root", metavar="DIR", help="Forget a scanned folder and all its files instead.")
@common_options
def prune(settings: Settings, yes: bool, root: str | None) -> None:
    """Forget files that are gone; their feedback stays, should they come back."""
    if root is not None:
        _forget_root(settings, root, yes)
        return
    with settings.open() as musicrec:
        missing = musicrec.status().missing
        if missing and not yes:
            click.confirm(f"Forget {count(missing, 'missing file')}?", abort=True, err=True)
        forgotten = musicrec.library.prune() if missing else 0
    if settings.as_json:
        print_json({"forgotten": forgotten})
    else:
        echo(f"{count(forgotten, 'file')} forgotten")


def _forget_root(settings: Settings, root: str, yes: bool) -> None:
    with settings.open() as musicrec:
        files = musicrec.library.files_under(root)
        if not yes:
            click.confirm(
                f"Forget {root} and its {count(files, 'file')}? Likes stay, should they come back.",
                abort=True, err=True,
            )  # fmt: skip
        forgotten = musicrec.library.forget_folder(root)
    if settings.as_json:
        print_json({"forgotten": forgotten})
    else:
        echo(f"{count(forgotten, 'file')} forgotten; the folder is scanned no more")


COMMANDS = (scan, status, search, prune, doctor)
