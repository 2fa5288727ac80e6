"""models: the versions of a model, and which is in use."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    metrics_json,
    metrics_table,
    print_json,
    warn,
)
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musicrec_core.model_records import ModelInfo

COLUMNS, NAMES = 80, 12


@click.group()
def models() -> None:
    """List, show and choose model versions."""


@models.command("list")
@common_options
def list_models(settings: Settings) -> None:
    """List every version; * marks the one in use."""
    with settings.open() as musicrec:
        warn(musicrec.models.warnings())
        versions = musicrec.models.versions()
    if settings.as_json:
        print_json({"models": [model_json(info) for info in versions]})
        return
    for info in versions:
        mark = "*" if info.current else " "
        kind = info.kind if info.of == "taste" else f"{info.kind} {info.of}"
        echo(f"{mark} {info.version:<16} {kind:<13} {info.trained_at or '':<25} {_figure(info)}")


def _figure(info: ModelInfo) -> str:
    if info.nearness is not None and info.nearness.albums is not None:
        return f"albums found with precision {info.nearness.albums:.3f}"
    return f"AUC {info.metrics.auc:.3f}" if info.metrics.auc is not None else ""


@models.command("show")
@click.argument("version")
@common_options
def show_model(settings: Settings, version: str) -> None:
    """Show all that is known of a version."""
    with settings.open() as musicrec:
        info = musicrec.models.version(version)
    _show_model(settings, info)


@models.command("use")
@click.argument("version")
@common_options
def use_model(settings: Settings, version: str) -> None:
    """Use a version from now on, also to roll back."""
    with settings.open() as musicrec, ProgressLine() as progress:
        info = musicrec.models.use(version, progress)
    _show_model(settings, info)


@models.command("prune")
@click.option("--keep", type=click.IntRange(0), default=5, show_default=True,
              help="How many of the newest to keep; the one in use always stays.")  # fmt: skip
@click.option("--dry", is_flag=True, help="Only list what would be deleted.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@common_options
def prune_models(settings: Settings, keep: int, dry: bool, yes: bool) -> None:
    """Delete old versions; your feedback stays, so any of them can be trained again."""
    with settings.open() as musicrec:
        gone = musicrec.models.prune(keep, dry=True)
        if gone and not dry:
            if not yes:
                click.confirm(f"Delete {', '.join(gone)}?", abort=True, err=True)
            gone = musicrec.models.prune(keep)
    if settings.as_json:
        print_json({"deleted": list(gone), "dry": dry})
    elif not gone:
        echo("nothing to delete")
    else:
        echo(f"{'would delete' if dry else 'deleted'}: {', '.join(gone)}")


def _show_model(settings: Settings, info: ModelInfo) -> None:
    if settings.as_json:
        print_json(model_json(info))
        return
    for name, value in _facts(info):
        first, *rest = textwrap.wrap(value, COLUMNS - len(f"{name:<{NAMES}}")) or [""]
        echo(f"{name:<{NAMES}}{first}")
        for line in rest:
            echo(" " * NAMES + line)
    if info.metrics.auc is not None:
        echo(metrics_table({"held out": info.metrics}))


def _facts(info: ModelInfo) -> Iterator[tuple[str, str]]:
    yield "version", info.version + (", in use" if info.current else "")
    yield "kind", f"{info.kind} {info.of}"
    if info.trained_at:
        yield "trained", f"{info.trained_at.replace('T', ' ').removesuffix('+00:00')} UTC"
        on = f"{info.songs} songs" if info.of == "ears" else f"{info.feedback} pieces of feedback"
        yield "from", on + (f", after {info.parent}" if info.parent else "")
    if info.of == "taste":
        days = info.half_life_days
        yield "evidence", f"counts for half after {days:.0f} days" if days else "never fades"
    if info.reason:
        yield "reason", info.reason
    if info.nearness is not None:
        for name in ("albums", "artists"):
            precision = getattr(info.nearness, name)
            if precision is not None:
                yield name, f"songs find their own with precision {precision:.3f}"
    if info.checksum:
        yield "checksum", info.checksum


def model_json(info: ModelInfo) -> dict[str, object]:
    """A model version as JSON shows it: `metrics` of what it is a model of."""
    document = asdict(info)
    nearness = document.pop("nearness")
    metrics = metrics_json(info.metrics) if info.of == "taste" else nearness
    return document | {"metrics": metrics}


COMMANDS = (models,)
