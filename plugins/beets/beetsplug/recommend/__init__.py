"""`beet recommend`, `beet like` and `beet dislike`: musicrec inside beets.

beets loads this module for every command, so its top imports beets and the standard library
only; musicrec comes in where a command needs it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from beets import ui
from beets.dbcore import types
from beets.plugins import BeetsPlugin
from beets.ui import UserError  # type: ignore[attr-defined]  # its home moved; this name stayed
from beetsplug.recommend.items import item_rows, matching, seed_paths, tags_of_item
from beetsplug.recommend.output import SCORE, show, undo

if TYPE_CHECKING:
    from optparse import Values

    from beets.dbcore.types import Type
    from beets.library import Item, Library

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.notices import Remedy
    from musicrec_core.records import Tags, Track

SCORE_DIGITS = 3
REMEDIES: dict[Remedy, str] = {
    "scan": "musicrec scan",
    "scan-folder": "musicrec scan FOLDER",
    "retrain": "musicrec retrain",
}
MANY = 200  # songs to take in; from here on it lasts long enough to say so


class RecommendPlugin(BeetsPlugin):
    """Adds the commands and the field `musicrec_score`."""

    item_types: ClassVar[dict[str, Type[Any, Any]]] = {SCORE: types.Float(SCORE_DIGITS)}

    def __init__(self) -> None:
        super().__init__()
        self.config.add({"profile": "default", "home": None, "auto": False, "scores": False})
        self._own_revision = 0
        self.register_listener("cli_exit", self._on_exit)

    # --- the commands ---

    def commands(self) -> list[ui.Subcommand]:
        """What beets adds to its own."""
        recommend = ui.Subcommand("recommend", help="pick music you are likely to enjoy")
        recommend.parser.set_usage("%prog [options] [QUERY]")
        option = recommend.parser.add_option
        option("-n", "--number", type="int", default=20, help="how many songs (default: 20)")
        option("--seed", action="append", default=[], metavar="QUERY",
               help="near these songs: a beets query, or musicrec's words; repeatable")  # fmt: skip
        option("--why", action="store_true", help="show the reasons below each song")
        option("--write-scores", action="store_true", help=f"store every score as {SCORE}")
        option("--list", metavar="NAME", help="the songs of today of a list that musicrec saved")
        option("--playlist", metavar="NAME", help="keep the songs as a playlist of musicrec")
        option("--m3u", metavar="FILE", help="write the songs to a playlist file")
        option("--undo", action="store_true", help="only take back what was said last")
        recommend.parser.add_path_option()
        recommend.parser.add_format_option(target="item")
        recommend.func = self._recommend
        return [recommend, self._opinion("like"), self._opinion("dislike")]

    def _opinion(self, kind: Literal["like", "dislike"]) -> ui.Subcommand:
        effect = {"like": "more like them", "dislike": "never again, and less like them"}[kind]
        command = ui.Subcommand(kind, help=f"{kind} matching songs: {effect}")
        command.parser.set_usage("%prog [options] QUERY")
        command.parser.add_option("-y", "--yes", action="store_true", help="skip confirmation")
        command.parser.add_format_option(target="item")
        command.func = partial(self._record, kind)
        return command

    def _recommend(self, lib: Library, opts: Values, args: list[str]) -> None:
        if opts.number < 1:
            raise UserError("-n must be at least 1")
        with self._musicrec() as musicrec:
            if opts.undo:
                undo(musicrec)
                return
            tracks = self._take_in(lib, musicrec)
            if not tracks:
                raise UserError("no song of the beets library can be read: beet import some, "
                                "or mount their drive")  # fmt: skip
            if opts.list:
                self._list(lib, musicrec, opts, matching(lib, tracks, args) if args else tracks)
                return
            if opts.write_scores or self.config["scores"].get(bool):
                self._write_scores(lib, musicrec, tracks)
            seeds = [path for query in opts.seed for path in seed_paths(lib, tracks, query)]
            chosen = matching(lib, tracks, args) if args else tracks
            from musicrec_core.app.lists.request import ListRequest
            from musicrec_core.app.notices import worded

            request = ListRequest(
                opts.number, seeds=tuple(seeds), within=frozenset(chosen.values())
            )
            recommended = musicrec.lists.recommend(request)
            self._save([pick.track for pick in recommended.picks], musicrec, opts)
        for notice in recommended.notices:
            self._log.info("{}", worded(notice, REMEDIES))
        item_ids = {track_id: item_id for item_id, track_id in chosen.items()}
        for pick in recommended.picks:
            if item := lib.get_item(item_ids[pick.track.id]):
                show(item, pick, opts.why)

    def _list(self, lib: Library, musicrec: MusicRec, opts: Values, chosen: dict[int, int]) -> None:
        """The songs of a saved list, as far as beets has them and they match the query."""
        made = musicrec.saved_lists.songs(opts.list)
        item_ids = {track_id: item_id for item_id, track_id in chosen.items()}
        scores = musicrec.lists.scores()
        tracks = [track for track in made.tracks if track.id in item_ids]
        self._save(tracks, musicrec, opts)
        for track in tracks:
            if item := lib.get_item(item_ids[track.id]):
                item[SCORE] = scores.get(track.id, 0.0)
                ui.print_(format(item))

    def _save(self, tracks: Sequence[Track], musicrec: MusicRec, opts: Values) -> None:
        """Keep the songs as the user asked."""
        if opts.playlist:
            change = musicrec.playlists.replace(opts.playlist, tracks)
            self._log.info("{}; `musicrec playlist undo` takes it back", change.description)
        if opts.m3u:
            musicrec.playlists.write_file(Path(opts.m3u), tracks)

    def _record(
        self, kind: Literal["like", "dislike"], lib: Library, opts: Values, args: list[str]
    ) -> None:
        if not args:
            raise UserError(f"say which songs: beet {kind} QUERY")
        items: Sequence[Item] = list(lib.items(args))
        if not items:
            raise UserError(f"no song matches {' '.join(args)}")
        if len(items) > 1 and not opts.yes:
            for item in items:
                ui.print_(format(item))
            items = ui.input_select_objects(
                f"Really {kind}",
                items,
                lambda item: ui.print_(format(item)),
                prompt_all=f"Really {kind} {len(items)} songs",
            )
        with self._musicrec() as musicrec:
            tracks = self._tracks_of(musicrec, items)
            musicrec.feedback.record_together([track for track, _ in tracks], kind, source="beets")
            for _, item in tracks:
                ui.print_(f"{kind}d: {format(item)}")

    def _tracks_of(self, musicrec: MusicRec, items: Sequence[Item]) -> list[tuple[Track, Item]]:
        """Each recording once, with its first item; taken in where musicrec did not know it."""
        from musicrec_core.errors import QueryError

        musicrec.library.add_from_tags(
            (os.fsdecode(item.path), tags_of_item(item)) for item in items
        )
        by_track: dict[int, tuple[Track, Item]] = {}
        for item in items:
            try:
                track = musicrec.library.find(os.fsdecode(item.path))
            except QueryError:
                self._log.warning("left out, its file cannot be read: {}", format(item))
            else:
                by_track.setdefault(track.id, (track, item))
        if items and not by_track:
            raise UserError("none of these files can be read: is their drive there?")
        return list(by_track.values())

    # --- both libraries in step ---

    def _on_exit(self, lib: Library) -> None:
        # The revision counts this process's changes. Listening to `database_change` instead would
        # mean many calls an item, and beets lets no listener change items that it listens to.
        if lib.revision == self._own_revision or not self.config["auto"].get(bool):
            return
        try:
            with self._musicrec() as musicrec:
                tracks = self._take_in(lib, musicrec)
                if self.config["scores"].get(bool):
                    self._write_scores(lib, musicrec, tracks)
        except UserError as error:  # what the user asked beets for was done all the same
            self._log.warning("{}", error)

    def _take_in(self, lib: Library, musicrec: MusicRec) -> dict[int, int]:
        """Bring musicrec up to date with the library: its track ids by item id."""
        rows = {row.path: row for row in item_rows(lib)}
        asked = count(1)

        def tags_of(path: str) -> Tags:
            if next(asked) == MANY:
                self._log.info("taking in songs from beets; each is read once")
            return tags_of_item(lib.get_item(rows[path].item_id))

        tracks = musicrec.library.take_library(
            {row.path: row.mtime_s for row in rows.values()}, tags_of
        )
        return {rows[path].item_id: track_id for path, track_id in tracks.items()}

    def _write_scores(self, lib: Library, musicrec: MusicRec, tracks: dict[int, int]) -> None:
        """Store what changed of the scores on the items."""
        scores = musicrec.lists.scores()
        with lib.transaction() as tx:
            rows = tx.query("SELECT entity_id, value FROM item_attributes WHERE key = ?", (SCORE,))
            stored = {row[0]: str(row[1]) for row in rows}
            for item_id, track_id in tracks.items():
                score = scores.get(track_id)
                if score is None or stored.get(item_id) == str(round(score, SCORE_DIGITS)):
                    continue
                if item := lib.get_item(item_id):
                    item[SCORE] = round(score, SCORE_DIGITS)
                    item.store()
        self._own_revision = lib.revision

    @contextmanager
    def _musicrec(self) -> Iterator[MusicRec]:
        """The facade; its errors become beets' own: one line, exit status 1."""
        try:
            from musicrec_core.app.facade import MusicRec
            from musicrec_core.errors import MusicRecError
        except ModuleNotFoundError as error:
            raise UserError(f"{error}: install musicrec for the Python of beets") from error
        try:
            with MusicRec(self.config["profile"].as_str(), self._home()) as musicrec:
                yield musicrec
        except MusicRecError as error:
            candidates = getattr(error, "candidates", ())
            raise UserError("\n  ".join((str(error), *candidates))) from error

    def _home(self) -> Path | None:
        if os.environ.get("MUSICREC_HOME") or self.config["home"].get() is None:
            return None  # the environment, or the usual place
        return Path(self.config["home"].as_filename())
