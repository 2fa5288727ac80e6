"""recommend --albums and --artists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_core.text import one_line
from musicrec_tui.cli.common import Settings, echo_path, notice_text, print_json, track_json, warn
from musicrec_tui.cli.lists.chips import chip_json
from musicrec_tui.cli.lists.list_options import leaning
from musicrec_tui.cli.lists.recommend import echo_chips, save_tracks
from musicrec_tui.cli.terminal import echo_inked, ink

if TYPE_CHECKING:
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.results import GroupKind, GroupPick


def show(
    settings: Settings,
    request: ListRequest,
    kind: GroupKind,
    m3u: str | None,
    playlist: str | None,
    ending: bytes | None,
) -> None:
    """Print the picks, or write their songs. ending: of each path, where only these are wanted."""
    with settings.open() as musicrec:
        if m3u not in (None, "-"):
            musicrec.playlists.check_target(Path(m3u))
        made = musicrec.lists.recommend_groups(leaning(request, musicrec), kind)
        tracks = [track for pick in made.picks for track in pick.tracks]
        save_tracks(musicrec, tracks, m3u, playlist)
    notes = [notice_text(notice) for notice in made.notices]
    warn(notes)
    if settings.as_json:
        print_json({
            "model": made.model,
            f"{kind}s": [_as_json(pick) for pick in made.picks],
            "chips": [chip_json(chip) for chip in made.chips],
            "notes": notes,
        })  # fmt: skip
    elif ending is not None:
        for track in tracks:
            echo_path(track.path, ending)
    elif m3u != "-":
        echo_chips(made.chips)
        _echo(made.picks)


def _as_json(pick: GroupPick) -> dict[str, object]:
    return {
        "name": pick.name,
        "artist": pick.artist,
        "score": pick.score,
        "songs": pick.songs,
        "tracks": [track_json(track) for track in pick.tracks],
        "reasons": [asdict(reason) for reason in pick.reasons],
    }


def _echo(picks: Sequence[GroupPick]) -> None:
    for pick in picks:
        name = one_line(pick.name)
        by = f", {one_line(pick.artist)}" if pick.kind == "album" and pick.artist else ""
        echo_inked(ink(f"{pick.score:.2f}", "score"), "  ", ink(name, "title"), ink(by, "quiet"))
        for reason in pick.reasons:
            echo_inked("        ", ink(one_line(reason.text), "quiet"))
