"""retrain, evaluate, models: learning, and the proof that it helps."""

from __future__ import annotations

import csv
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    metrics_json,
    metrics_table,
    print_json,
    track_json,
    warn,
)
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musicrec_core.app.results import Evaluation
    from musicrec_core.model_records import EarsReport, Influence, ModelInfo, TrainReport

INFLUENCES_SHOWN = 5
COLUMNS, NAMES = 80, 12


@click.command()
@click.option("--ears", is_flag=True, help="Teach the ears on your own albums and artists instead.")
@common_options
def retrain(settings: Settings, ears: bool) -> None:
    """Learn from your feedback; keep the new model only if held-out feedback favours it."""
    if ears:
        _retrain_ears(settings)
        return
    with settings.open() as musicrec, ProgressLine() as progress:
        warn(musicrec.models.warnings())
        report = musicrec.models.retrain(progress)
    if settings.as_json:
        print_json(_train_json(report))
    else:
        rows = {"new model": report.candidate, "current": report.current, **report.baselines}
        echo(report.reason)
        if report.candidate.auc is not None:
            echo(metrics_table(rows))
            echo(f"{report.feedback} pieces of feedback, {report.seconds:.1f} s")
        if report.promoted and report.fading:
            echo(report.fading.reason)
        _echo_influences(report.influences)


def _echo_influences(influences: Sequence[Influence]) -> None:
    for influence in influences:
        echo(influence.sentence)
        for sign, tracks in (("+", influence.gained), ("-", influence.lost)):
            for track in tracks[:INFLUENCES_SHOWN]:
                echo(f"  {sign} {track.label}")
            if len(tracks) > INFLUENCES_SHOWN:
                echo(f"  {sign} and {len(tracks) - INFLUENCES_SHOWN} more")


def _retrain_ears(settings: Settings) -> None:
    with settings.open() as musicrec, ProgressLine() as progress:
        report = musicrec.models.retrain_ears(progress)
    if settings.as_json:
        print_json(_ears_json(report))
        return
    echo(report.reason)
    echo(f"{report.songs} songs, {report.artists} artists with two or more, {report.seconds:.1f} s")


def _ears_json(report: EarsReport) -> dict[str, object]:
    return {
        "promoted": report.promoted,
        "version": report.version,
        "reason": report.reason,
        "metrics": {
            "candidate": asdict(report.candidate),
            "current": asdict(report.current),
            "baselines": {},
        },
        "feedback": 0,  # none is needed
        "songs": report.songs,
        "artists": report.artists,
        "seconds": report.seconds,
    }


def _train_json(report: TrainReport) -> dict[str, object]:
    return {
        "promoted": report.promoted,
        "version": report.version,
        "reason": report.reason,
        "metrics": {
            "candidate": metrics_json(report.candidate),
            "current": metrics_json(report.current),
            "baselines": {name: metrics_json(m) for name, m in report.baselines.items()},
        },
        "feedback": report.feedback,
        "seconds": report.seconds,
        "fading": asdict(report.fading) if report.fading else None,
        "influences": [_influence_json(influence) for influence in report.influences],
    }


def _influence_json(influence: Influence) -> dict[str, object]:
    return {
        "said": influence.said,
        "count": influence.count,
        "listed": influence.listed,
        "sentence": influence.sentence,
        "gained": [track_json(track) for track in influence.gained],
        "lost": [track_json(track) for track in influence.lost],
    }


@click.command()
@click.option("--tracks", type=click.Path(path_type=Path), metavar="T.csv",
              help="Evaluate on this table of tracks instead of the library.")  # fmt: skip
@click.option("--ratings", type=click.Path(path_type=Path), metavar="R.csv",
              help="Ratings of the tracks, by one or more users.")  # fmt: skip
@click.option("--scale", type=click.FloatRange(min=1), metavar="N",
              help="What the ratings are out of, where it is told wrongly from them.")  # fmt: skip
@click.option("--group-by", metavar="COL", help="Column whose groups are held out together.")
@click.option("--folds", type=click.IntRange(2, 100), default=5, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True)
@click.option("--predictions-out", type=click.Path(path_type=Path), metavar="FILE",
              help="Write userId,trackId,fold,score of every held-out rating.")  # fmt: skip
@common_options
def evaluate(
    settings: Settings,
    tracks: Path | None,
    ratings: Path | None,
    scale: float | None,
    group_by: str | None,
    folds: int,
    seed: int,
    predictions_out: Path | None,
) -> None:
    """Measure the model on feedback it has not seen, beside baselines."""
    if tracks and not ratings:
        raise click.UsageError("--tracks needs --ratings")
    if scale and not ratings:
        raise click.UsageError("--scale needs --ratings")
    with settings.open() as musicrec, ProgressLine() as progress:
        evaluated = musicrec.models.evaluate(
            tracks, ratings, scale=scale,
            group_by=group_by, folds=folds, seed=seed, progress=progress,
        )  # fmt: skip
    evaluation = evaluated.evaluation
    warn(evaluated.sentences)
    if predictions_out:
        _write_predictions(predictions_out, evaluation)
    if settings.as_json:
        print_json({
            "users": evaluation.users,
            "folds": evaluation.folds,
            "mean": metrics_json(evaluation.mean),
            "baselines": {name: metrics_json(m) for name, m in evaluation.baselines.items()},
            "notes": evaluated.sentences,
            "problems": [problem.as_json() for problem in evaluated.problems],
        })  # fmt: skip
    else:
        echo(metrics_table({"musicrec": evaluation.mean, **evaluation.baselines}))
        users = f"{evaluation.users} {'user' if evaluation.users == 1 else 'users'}"
        echo(f"{users}, {evaluation.folds} folds")


def _write_predictions(target: Path, evaluation: Evaluation) -> None:
    try:
        with target.open("w", newline="", encoding="utf-8", errors="surrogateescape") as file:
            writer = csv.writer(file)
            writer.writerow(["userId", "trackId", "fold", "score"])
            writer.writerows(evaluation.predictions)
    except OSError as error:
        raise MusicRecError(f"cannot write {target}: {error.strerror}") from error


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


COMMANDS = (retrain, evaluate, models)
