"""What commands share: their common options, JSON out, safe text out."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from musicrec_core.app.notices import Notice, Remedy, worded
from musicrec_core.errors import MusicRecError
from musicrec_core.text import one_line
from musicrec_tui.cli.terminal import GAP, in_columns, ink, on_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.model_records import Metrics
    from musicrec_core.records import Track

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Settings:
    """The options that may stand before or after a command's name."""

    profile: str
    as_json: bool

    def open(self, home: Path | None = None) -> MusicRec:
        """The facade; close it, or use it as a context manager."""
        from musicrec_core.app.facade import MusicRec
        from musicrec_tui.cli.progress import UpgradeLine

        musicrec = MusicRec(self.profile, home, UpgradeLine())
        if self.profile != DEFAULT_PROFILE and (meant := musicrec.feedback.similar_profile()):
            warn([f"{self.profile!r} is a new profile; there is one called {meant!r}"])
        return musicrec


class Number(click.FloatRange):
    """A number within limits; "nan", which no comparison puts outside them, is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return float(super().convert(value, param, ctx))


def profile_name(_: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The name of a profile, where one is given; one that cannot be is wrong usage."""
    from musicrec_core.app.facade import checked_profile

    try:
        return None if name is None else checked_profile(name)
    except MusicRecError as error:
        raise click.BadParameter(str(error), param=option) from error


AS_JSON = f"{__name__}.as_json"
"""In the context's `meta`: whether a program reads what comes out, wherever --json stood."""
DEFAULT_PROFILE = "default"
JSON_HELP = "One JSON document on standard output."
PROFILE_HELP = "Whose likes and model to use."


def common_options(function: Command) -> Callable[..., object]:
    """Add --json and --profile to a command and hand it the Settings."""
    return common_options_with(JSON_HELP)(function)


def common_options_with(json_help: str) -> Callable[[Command], Callable[..., object]]:
    """As `common_options`, for a command whose --json asks for other words."""

    def decorate(function: Command) -> Callable[..., object]:
        @click.option("--json", "as_json", is_flag=True, help=json_help)
        @click.option("--profile", callback=profile_name, metavar="NAME", help=PROFILE_HELP)
        @click.pass_obj
        @wraps(function)
        def wrapped(
            outer: Settings, /, *args: object, as_json: bool, profile: str | None, **kwargs: object
        ) -> object:
            settings = replace(
                outer,
                as_json=as_json or outer.as_json,
                profile=outer.profile if profile is None else profile,
            )
            click.get_current_context().meta[AS_JSON] = settings.as_json
            return function(settings, *args, **kwargs)

        return wrapped

    return decorate


def print_json(document: object) -> None:
    """One document; text outside ASCII is escaped, so odd file names survive any locale."""
    click.echo(json.dumps(document, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def echo(text: str = "", **options: Any) -> None:
    """Print text that may come from a tag: each line is cleaned."""
    click.echo("\n".join(_clean(line) for line in text.split("\n")), **options)


def _clean(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return line[:indent] + one_line(line)


REMEDIES: Mapping[Remedy, str] = {
    "scan": "musicrec scan",
    "scan-folder": "musicrec scan FOLDER",
    "retrain": "musicrec retrain",
}


def notice_text(notice: Notice) -> str:
    """A notice in the command line's words."""
    return worded(notice, REMEDIES)


def warn(messages: Iterable[str]) -> None:
    """Say what works but is not well, on standard error."""
    for message in messages:
        echo(f"musicrec: {message}", err=True)


def echo_path(path: str, end: bytes = b"\n") -> None:
    """Print a path as the bytes it has on disk."""
    sys.stdout.buffer.write(os.fsencode(path) + end)


def track_json(track: Track) -> dict[str, object]:
    """A track as every command shows it."""
    return {
        "path": track.path,
        "id": track.id,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
    }


def track_lines(tracks: Sequence[Track], width: int) -> list[str]:
    """Each track's name; on a terminal title, artist and album in columns of `width` together."""
    if not on_terminal() or not tracks:
        return [one_line(track.label) for track in tracks]
    rows = in_columns([(track.title, track.artist, track.album) for track in tracks], width)
    return [
        GAP.join((ink(title, "title"), *(ink(text, "quiet") for text in rest)))
        for title, *rest in rows
    ]


def metrics_json(metrics: Metrics) -> dict[str, float | None]:
    """Metrics under their usual names."""
    return {
        "auc": metrics.auc,
        "ndcg@10": metrics.ndcg_at_10,
        "logloss": metrics.logloss,
        "rmse": metrics.rmse,
    }


def metrics_table(rows: Mapping[str, Metrics]) -> str:
    """A readable table, one scorer a line."""
    width = max(len(name) for name in rows)
    lines = [f"{'':{width}}     AUC  nDCG@10  logloss   RMSE"]
    for name, metrics in rows.items():
        auc, ndcg, logloss, rmse = (
            "-" if value is None else f"{value:.3f}" for value in metrics_json(metrics).values()
        )
        lines.append(f"{name:{width}}  {auc:>6}  {ndcg:>7}  {logloss:>7}  {rmse:>5}")
    return "\n".join(lines)
