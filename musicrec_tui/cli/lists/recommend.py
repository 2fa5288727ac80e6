"""recommend and explain: the picks and their reasons."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from musicrec_core.feedback_kinds import KINDS
from musicrec_core.text import one_line
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    echo_path,
    notice_text,
    print_json,
    track_json,
    track_lines,
    warn,
)
from musicrec_tui.cli.lists.chips import chip_json, chip_text
from musicrec_tui.cli.lists.list_options import leaning, list_options
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.results import Chip, Explanation
    from musicrec_core.records import Recommendation, Track

REASONS_SHOWN = 2
FEWEST_SHARING = 3  # songs, before a reason counts as one of the list
SCORE_CELLS = len("0.00? ")


@click.command()
@list_options
@click.option("--batch", type=click.File("rb"), metavar="FILE",
              help="A request a line as JSON; an answer a line.")  # fmt: skip
@click.option("--albums", is_flag=True, help="Albums instead of songs.")
@click.option("--artists", is_flag=True, help="Artists instead of songs.")
@click.option("--m3u", metavar="FILE", help="Write a playlist file; - for standard output.")
@click.option("--playlist", metavar="NAME",
              help="Keep the picks as a playlist, in place of what it held.")  # fmt: skip
@click.option("--paths", is_flag=True, help="Print paths only, one a line.")
@click.option("-0", "--null", is_flag=True, help="With --paths: end each with a zero byte.")
@common_options
def recommend(
    settings: Settings,
    request: ListRequest,
    batch: IO[bytes] | None,
    albums: bool,
    artists: bool,
    m3u: str | None,
    playlist: str | None,
    paths: bool,
    null: bool,
) -> None:
    """Pick music for you, near a song, or with a tag. A ? marks a pick to try something new.

    A QUERY is a path, an id, or words: a title, or artist and title; playlist:NAME or a playlist
    file stands for its songs, favourites for those that you liked.
    """
    _check(settings, m3u, paths=paths, null=null)
    if albums or artists:
        if (albums and artists) or batch is not None:
            raise click.UsageError("--albums, --artists and --batch exclude each other")
        from musicrec_tui.cli.lists import group_picks

        ending = (b"\0" if null else b"\n") if paths else None
        group_picks.show(settings, request, "album" if albums else "artist", m3u, playlist, ending)
        return
    with settings.open() as musicrec:
        if m3u not in (None, "-"):
            musicrec.playlists.check_target(Path(m3u))
        if batch is not None:
            from musicrec_tui.cli.lists import batch as batches

            batches.run(musicrec, batch, request)
            return
        recommendations = musicrec.lists.recommend(leaning(request, musicrec))
        save_tracks(musicrec, [pick.track for pick in recommendations.picks], m3u, playlist)
    notes = tuple(notice_text(notice) for notice in recommendations.notices)
    warn(notes)
    if settings.as_json:
        print_json({
            "model": recommendations.model,
            "tracks": [pick_json(pick) for pick in recommendations.picks],
            "chips": [chip_json(chip) for chip in recommendations.chips],
            "notes": list(notes),
        })  # fmt: skip
    elif paths:
        for pick in recommendations.picks:
            echo_path(pick.track.path, b"\0" if null else b"\n")
    elif m3u != "-":
        echo_chips(recommendations.chips)
        echo_picks(recommendations.picks)
        if (order := _order(request)) and recommendations.picks:
            echo_inked(ink(f"{order}; the numbers are how well each should suit you", "quiet"))


def _order(request: ListRequest) -> str:
    """What puts a list in order that is not by the scores shown; empty for one that is."""
    if request.order is not None or request.mode not in (None, "similar"):
        return ""
    if request.seeds:
        return "nearest to what you named first"
    if request.tag is not None:
        return f"what fits {one_line(request.tag)} best first"
    wish = request.text or request.mood or request.activity
    return "what meets your wish best first" if wish else ""


def echo_chips(chips: Sequence[Chip]) -> None:
    """What was understood of a wish."""
    if chips:
        echo_inked(ink("understood: ", "heading"), "; ".join(chip_text(chip) for chip in chips))


def _check(settings: Settings, m3u: str | None, *, paths: bool, null: bool) -> None:
    """Refuse options that exclude each other."""
    if paths and settings.as_json:
        raise click.UsageError("--paths and --json exclude each other")
    if null and not paths:
        raise click.UsageError("--null goes with --paths")
    if m3u == "-" and (paths or settings.as_json):
        raise click.UsageError("--m3u - excludes --paths and --json")


@click.command()
@click.argument("query")
@common_options
def explain(settings: Settings, query: str) -> None:
    """Say why a track has its score, or why it was left out."""
    with settings.open() as musicrec:
        warn(musicrec.models.warnings())
        explanation = musicrec.lists.explain(query)
        (listeners,) = musicrec.lists.listeners([explanation.track])
    if settings.as_json:
        print_json(explanation_json(explanation, listeners))
    else:
        _echo_explanation(explanation)


def explanation_json(explanation: Explanation, listeners: int | None) -> dict[str, object]:
    """Why a song has its score, as JSON shows it."""
    return {
        "track": track_json(explanation.track) | {"listeners": listeners},
        "score": explanation.score,
        "reasons": [asdict(reason) for reason in explanation.reasons],
        "balance": explanation.balance,
        "ordinary": explanation.ordinary,
        "excluded_by": explanation.excluded_by,
        "opinions": [
            {"path": opinion.track.path, "kind": opinion.kind, "value": opinion.value}
            for opinion in explanation.opinions
        ],
    }


def _echo_explanation(explanation: Explanation) -> None:
    score = ink(f"{explanation.score:.2f}", "score")
    echo_inked(ink(explanation.track.label, "title"), ": score ", score)
    if explanation.excluded_by:
        echo_inked(ink(f"left out: {explanation.excluded_by}", "bad"))
    for opinion in explanation.opinions:
        elsewhere = opinion.track.id != explanation.track.id
        where = f" in another recording: {opinion.track.path}" if elsewhere else ""
        stars = "" if opinion.value is None else f" {opinion.value:g}"
        echo(f"  you {KINDS[opinion.kind].past_tense} this very song{stars}{where}")
    for reason in explanation.reasons:
        weight = ink(f"{reason.weight:+.2f}", "good" if reason.weight >= 0 else "bad")
        echo_inked("  ", weight, "  ", one_line(reason.text))
    if explanation.balance:
        echo(f"  {explanation.balance}")


def echo_picks(picks: Sequence[Recommendation]) -> None:
    """Picks and their strongest reasons; a reason that most of them share is said once."""
    shared = _shared(picks)
    tracks = [pick.track for pick in picks]
    names = track_lines(tracks, columns() - SCORE_CELLS)
    for pick, name in zip(picks, names, strict=True):
        mark = "?" if pick.explore else " "
        echo_inked(ink(f"{pick.score:.2f}", "score"), mark, " ", name)
        own = [reason.text for reason in pick.reasons if reason.text not in shared]
        for text in own[:REASONS_SHOWN]:
            echo_inked("        ", ink(text, "quiet"))
    for text in shared:
        echo_inked(ink("for most of them: ", "heading"), one_line(text))


def _shared(picks: Sequence[Recommendation]) -> list[str]:
    """Reasons that would stand below more than half of the picks, the most frequent first."""
    shown = Counter(
        text
        for pick in picks
        for text in dict.fromkeys(reason.text for reason in pick.reasons[:REASONS_SHOWN])
    )
    most = max(len(picks) // 2, FEWEST_SHARING - 1)
    return [text for text, songs in shown.most_common() if songs > most]


def pick_json(pick: Recommendation) -> dict[str, object]:
    """A pick as JSON shows it."""
    return track_json(pick.track) | {
        "score": pick.score,
        "rating": pick.rating,
        "reasons": [asdict(reason) for reason in pick.reasons],
        "explore": pick.explore,
    }


def save_tracks(
    musicrec: MusicRec, tracks: Sequence[Track], m3u: str | None, playlist: str | None
) -> None:
    """Write songs to a playlist file, keep them as a playlist, or both."""
    if m3u == "-":
        written = musicrec.playlists.as_m3u(tracks)
        sys.stdout.buffer.write(written.content)
    elif m3u:
        written = musicrec.playlists.write_file(Path(m3u), tracks)
    for label in written.left_out if m3u else ():
        warn([f"left out of the playlist, its path has a line break: {label}"])
    if playlist:
        change = musicrec.playlists.replace(playlist, tracks)
        warn([f"{change.description}; `musicrec playlist undo` takes it back"])


COMMANDS = (recommend, explain)
