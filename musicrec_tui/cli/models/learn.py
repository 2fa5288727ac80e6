"""retrain, evaluate: learning, and the proof that it helps."""

from __future__ import annotations

import csv
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
    from collections.abc import Sequence

    from musicrec_core.app.results import Evaluation
    from musicrec_core.model_records import EarsReport, Influence, TrainReport

INFLUENCES_SHOWN = 5


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
        echo(report.sentence)
        _echo_influences(report.influences)
        if report.promoted and report.fading:
            echo(report.fading.reason)
        if report.was_measured:
            rows = {"new model": report.candidate, "current": report.current, **report.baselines}
            echo(f"\nHow it was measured: {report.reason}")
            echo(metrics_table(rows))
            echo(f"{report.feedback} pieces of feedback, {report.seconds:.1f} s")


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
    echo(report.sentence)
    if report.was_measured:
        echo(f"\nHow it was measured: {report.reason}")
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


COMMANDS = (retrain, evaluate)
