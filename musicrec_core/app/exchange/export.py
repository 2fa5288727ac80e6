"""Out: the user's feedback as JSON lines, and tracks with what is heard."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from musicrec_core import __version__, paths
from musicrec_core.app.context import Context
from musicrec_core.app.exchange import playlist_lines, saved_list_lines, setting_lines
from musicrec_core.app.scores import scoring, songs
from musicrec_core.errors import StoreError
from musicrec_core.records import Attributes, Track

if TYPE_CHECKING:
    from musicrec_core.songs import SongFacts
    from musicrec_core.store.opinions.feedback import Statement
    from musicrec_core.store.playlist_records import PlaylistStatement
    from musicrec_core.store.saved_lists import StoredList

FORMAT = 1


@dataclass(frozen=True, slots=True)
class TrackExport:
    """One present file with all that is known of it; None and empty where not analysed."""

    track: Track
    attributes: Attributes
    arousal: float | None
    valence: float | None
    moods: dict[str, float]
    genres: dict[str, float]
    score: float | None
    embedding: list[float] | None
    with_embedding: bool
    facts: SongFacts
    """What the tags say of the song: credits, versions, season, kind."""

    def as_json(self) -> dict[str, object]:
        """As `export --tracks` writes it."""
        track = self.track
        row: dict[str, object] = {
            "path": track.path,
            "id": track.id,
            "title": track.title,
            "artist": track.artist,
            "album": track.album,
            "genre": "; ".join(track.genres),
            "duration_s": track.duration_s,
            "tempo_bpm": self.attributes.tempo_bpm,
            "key": self.attributes.key,
            "arousal": self.arousal,
            "valence": self.valence,
            "attributes": asdict(self.attributes),
            "moods": self.moods,
            "genres": self.genres,
            "score": self.score,
            "artists": [asdict(credit) for credit in self.facts.credits],
            "song": self.facts.song,
            "versions": list(self.facts.versions),
            "seasonal": self.facts.seasonal,
            "kind": self.facts.kind,
            "because": self.facts.because,
        }
        if self.with_embedding:
            row["embedding"] = self.embedding
        return row


def export_tracks(context: Context, embeddings: bool) -> Iterator[TrackExport]:
    """Every present file in path order, copies included."""
    from musicrec_core.app.scores.catalogue import embed_new
    from musicrec_core.recommender.scoring import ScoreScale

    embed_new(context)
    ears = context.ears
    ids, heard = context.store.analysis.heard(ears.version, ears.mood_names, ears.genre_names)
    row_of = {track_id: row for row, track_id in enumerate(ids.tolist())}
    attributes = dict(context.store.analysis.attributes())
    stored = scoring.ensure(context)
    shown = ScoreScale.of(stored.scores).shown(stored.scores)
    scores = dict(zip(stored.track_ids.tolist(), shown.tolist(), strict=True))
    names = songs.artist_names(context)
    for file in context.store.songs.present():
        track = file.track
        row = row_of.get(track.id)
        is_heard = row is not None
        yield TrackExport(
            track=track,
            attributes=attributes.get(track.id, Attributes()),
            arousal=float(heard.arousal[row]) if is_heard else None,
            valence=float(heard.valence[row]) if is_heard else None,
            moods=_named(heard.mood_names, heard.moods[row]) if is_heard else {},
            genres=_named(heard.genre_names, heard.genres[row]) if is_heard else {},
            score=scores.get(track.id),
            embedding=_rounded(heard.embeddings[row]) if is_heard and embeddings else None,
            with_embedding=embeddings,
            facts=songs.facts_of(file, names),
        )


def _named(names: tuple[str, ...], values: Any) -> dict[str, float]:
    return dict(zip(names, _rounded(values), strict=True))


def _rounded(values: Any) -> list[float]:
    return [round(value, 6) for value in values.tolist()]


def export_everything(context: Context) -> Iterator[dict[str, object]]:
    """A header, the scanned folders, all feedback in order, playlists, saved lists and settings.

    Of all profiles.
    """
    store = context.store
    roots = store.roots.all()  # before the first line: a bad database writes nothing
    return _lines(
        (root.path for root in roots),
        store.feedback.statements(),
        store.playlists.statements(),
        store.saved_lists.all(),
        setting_lines.as_lines(
            store.guarded.all_settings(), store.guarded.all_bans(), store.exclusions.all()
        ),
    )


def export_rescued(context: Context) -> tuple[Iterator[dict[str, object]], int]:
    """See MusicRec.export_rescued."""
    from musicrec_core.store.rescue import rescue

    path = paths.database(context.home)
    if not path.exists():
        raise StoreError(f"there is no database {path}")
    saved = rescue(path)
    settings = setting_lines.as_lines(saved.settings, saved.bans, saved.exclusions)
    lines = _lines(saved.folders, saved.statements, saved.playlists, saved.saved_lists, settings)
    return lines, saved.lost


def _lines(
    folders: Iterable[bytes],
    statements: Iterable[Statement],
    playlists: Iterable[PlaylistStatement],
    saved_lists: Iterable[StoredList],
    settings: Iterable[dict[str, object]],
) -> Iterator[dict[str, object]]:
    yield {"type": "musicrec", "format": FORMAT, "version": __version__}
    for folder in folders:
        yield {"type": "folder", "path": os.fsdecode(folder)}
    for statement in statements:
        circumstances = json.loads(statement.context) if statement.context else None
        yield {"type": "feedback", **asdict(statement), "context": circumstances}
    yield from map(playlist_lines.as_line, playlists)
    yield from map(saved_list_lines.as_line, saved_lists)
    yield from settings
