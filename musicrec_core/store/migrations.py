"""The schema, as numbered steps that are applied once and never edited afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

from musicrec_core.folding import fold, search_terms
from musicrec_core.store.library.rows import file_terms, name_of, other_terms
from musicrec_core.store.measured import plain_packing
from musicrec_core.store.measured.packing import PARTS, as_shares, packed_rows
from musicrec_core.store.measured.plain_packing import vector_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

Step: TypeAlias = "Callable[[Database], None]"
LOT = 5000  # songs


class Steps:
    """The steps in order. Their number is the schema's, known without importing sqlite-utils."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def __call__(self) -> Callable[[Step], Step]:
        """Take the function that follows as the next step."""

        def take(step: Step) -> Step:
            self._steps.append(step)
            return step

        return take

    def __len__(self) -> int:
        return len(self._steps)

    def apply(
        self,
        db: Database,
        *,
        stop_before: str | None = None,
        on_step: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Those that this database lacks; `stop_before` names the first that is not to be.

        on_step: called with the number of those done before each.
        """
        from sqlite_utils import Migrations

        known = Migrations("musicrec")
        for number, step in enumerate(self._steps):
            known()(_announced(step, on_step, number))
        known.apply(db, stop_before=stop_before)


def _announced(step: Step, on_step: Callable[[int], None], number: int) -> Step:
    @wraps(step)
    def announced(db: Database) -> None:
        on_step(number)
        step(db)

    return announced


migrations = Steps()


@migrations()
def m001_library(db: Database) -> None:
    """Roots, recordings and the files that hold them."""
    _run(
        db,
        """CREATE TABLE roots (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            online INTEGER NOT NULL DEFAULT 1
        )""",
        """CREATE TABLE tracks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            identity TEXT NOT NULL UNIQUE
        )""",
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            root_id INTEGER REFERENCES roots(id),
            track_id INTEGER REFERENCES tracks(id),
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'offline', 'failed')),
            reason TEXT,
            title TEXT NOT NULL DEFAULT '',
            artist TEXT NOT NULL DEFAULT '',
            album TEXT NOT NULL DEFAULT '',
            album_artist TEXT NOT NULL DEFAULT '',
            composer TEXT NOT NULL DEFAULT '',
            genres TEXT NOT NULL DEFAULT '[]',
            track_no INTEGER, disc_no INTEGER, year INTEGER,
            compilation INTEGER NOT NULL DEFAULT 0,
            duration_s REAL
        )""",
        "CREATE INDEX files_by_track ON files(track_id, state)",
        "CREATE INDEX files_by_state ON files(state)",
        "CREATE INDEX files_by_artist ON files(artist, album, disc_no, track_no)",
        "CREATE INDEX files_by_title ON files(title COLLATE NOCASE)",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
        "INSERT INTO counters VALUES ('generation', 0)",
    )


@migrations()
def m002_analysis(db: Database) -> None:
    """What was measured in a recording, and what the ears made of it."""
    _run(
        db,
        """CREATE TABLE features (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            version INTEGER NOT NULL,
            vector BLOB NOT NULL,
            attributes TEXT NOT NULL
        )""",
        """CREATE TABLE heard (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            ears_version TEXT NOT NULL,
            embedding BLOB NOT NULL,
            arousal REAL NOT NULL, valence REAL NOT NULL,
            moods BLOB NOT NULL, genres BLOB NOT NULL
        )""",
    )


@migrations()
def m003_taste(db: Database) -> None:
    """What a profile said and did, what it was shown, and how its songs score."""
    _run(
        db,
        """CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            kind TEXT NOT NULL
                CHECK (kind IN ('like', 'dislike', 'rating', 'skip', 'play', 'undo')),
            value REAL,
            at_s REAL NOT NULL,
            source TEXT NOT NULL,
            context TEXT,
            undoes INTEGER REFERENCES feedback(id)
        )""",
        "CREATE INDEX feedback_by_profile ON feedback(profile, track_id)",
        "CREATE INDEX feedback_undone ON feedback(undoes) WHERE undoes IS NOT NULL",
        """CREATE TABLE shown (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            list TEXT NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            at_s REAL NOT NULL,
            position INTEGER NOT NULL,
            probability REAL NOT NULL,
            how TEXT NOT NULL
        )""",
        """CREATE TABLE scorings (
            profile TEXT PRIMARY KEY,
            stamp TEXT NOT NULL,
            model TEXT NOT NULL,
            track_ids BLOB NOT NULL,
            scores BLOB NOT NULL,
            uncertainty BLOB NOT NULL,
            picks TEXT NOT NULL
        )""",
    )


@migrations()
def m004_search(db: Database) -> None:
    """Full text over the tags of readable files, kept in step by triggers."""
    columns = "title, artist, album, genres"
    new = "new.id, new.title, new.artist || ' ' || new.album_artist, new.album, new.genres"
    old = "old.id, old.title, old.artist || ' ' || old.album_artist, old.album, old.genres"
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    _run(
        db,
        f"""CREATE VIRTUAL TABLE search USING fts5(
            {columns}, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3'
        )""",
        "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'row')",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF title, artist, album_artist, album, genres ON files
            BEGIN {remove} {insert} END""",
    )


@migrations()
def m005_enrichment(db: Database) -> None:
    """What a music service answered and when, and what a person played and loved there."""
    _run(
        db,
        """CREATE TABLE lookups (
            id INTEGER PRIMARY KEY,
            server TEXT NOT NULL,
            subject TEXT NOT NULL CHECK (subject IN ('artist', 'album', 'track')),
            topic TEXT NOT NULL CHECK (topic IN ('tags', 'similar', 'info')),
            artist TEXT NOT NULL,
            name TEXT NOT NULL,
            at_s REAL NOT NULL,
            UNIQUE (server, subject, topic, artist, name)
        )""",
        """CREATE TABLE answers (
            lookup_id INTEGER PRIMARY KEY REFERENCES lookups(id) ON DELETE CASCADE,
            body TEXT NOT NULL
        )""",
        """CREATE TABLE listens (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            account TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('play', 'like')),
            artist TEXT NOT NULL,
            title TEXT NOT NULL,
            album TEXT NOT NULL,
            at_s REAL NOT NULL,
            feedback_id INTEGER REFERENCES feedback(id),
            UNIQUE (profile, account, kind, at_s, artist, title)
        )""",
        "CREATE INDEX listens_unmatched ON listens(profile) WHERE feedback_id IS NULL",
        "CREATE TABLE bookmarks (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    )


@migrations()
def m006_promises(db: Database) -> None:
    """What score each song was shown with, so that it can be held against what was then said."""
    _run(
        db,
        "ALTER TABLE shown ADD COLUMN score REAL",
        "CREATE INDEX shown_by_profile ON shown(profile, at_s)",
    )


@migrations()
def m007_folding(db: Database) -> None:
    """Tags as they are compared, filled in for every file; the search reads these from now on."""
    db.conn.create_function("folded", 1, fold, deterministic=True)
    db.conn.create_function("name_of", 1, name_of, deterministic=True)
    # Some databases were made, between two releases, with these columns and indexes.
    there = {row[1] for row in db.conn.execute("PRAGMA table_info(files)")}
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres"
        for row in ("new", "old")
    )
    columns = "title, artist, album, genres"
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    _run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        *(
            f"ALTER TABLE files ADD COLUMN folded_{name} TEXT NOT NULL DEFAULT ''"
            for name in ("title", "artist", "album_artist", "album")
            if f"folded_{name}" not in there
        ),
        """UPDATE files SET
            folded_title = folded(CASE title WHEN '' THEN name_of(path) ELSE title END),
            folded_artist = folded(artist), folded_album_artist = folded(album_artist),
            folded_album = folded(album)""",
        "CREATE INDEX IF NOT EXISTS files_named ON files(folded_title)",
        "CREATE INDEX IF NOT EXISTS files_named_by ON files(folded_artist || ' ' || folded_title)",
        "CREATE INDEX IF NOT EXISTS files_of_artist ON files(folded_artist)",
        "CREATE INDEX IF NOT EXISTS files_of_album_artist ON files(folded_album_artist)",
        "CREATE INDEX IF NOT EXISTS files_of_album ON files(folded_album)",
        "CREATE INDEX IF NOT EXISTS files_on_album ON files(folded_artist || ' ' || folded_album)",
        "CREATE INDEX IF NOT EXISTS feedback_by_track ON feedback(track_id, source)",
        "INSERT INTO search(search) VALUES ('delete-all')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album, genres
            ON files
            BEGIN {remove} {insert} END""",
    )


@migrations()
def m008_imported_paths(db: Database) -> None:
    """Where songs were in the home that a backup came from, until a scan finds them here."""
    _run(
        db,
        """CREATE TABLE imported_paths (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            path BLOB NOT NULL
        )""",
    )


@migrations()
def m009_search_terms(db: Database) -> None:
    """Every text folded anew, and what the search needs to find words inside others."""
    for name, function in (("folded", fold), ("title_terms", search_terms), ("name_of", name_of)):
        db.conn.create_function(name, 1, function, deterministic=True)
    db.conn.create_function("other_terms", 4, other_terms, deterministic=True)
    columns = "title, artist, album, genres, title_terms, other_terms"
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres, {row}.title_terms, {row}.other_terms"
        for row in ("new", "old")
    )
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    title = "CASE title WHEN '' THEN name_of(path) ELSE title END"
    _run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        "DROP TABLE search_words",
        "DROP TABLE search",
        "ALTER TABLE files ADD COLUMN title_terms TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE files ADD COLUMN other_terms TEXT NOT NULL DEFAULT ''",
        f"""UPDATE files SET folded_title = folded({title}), folded_artist = folded(artist),
            folded_album_artist = folded(album_artist), folded_album = folded(album),
            title_terms = title_terms({title}),
            other_terms = other_terms(artist, album_artist, album, genres)""",
        # Vowel signs of many scripts are marks, which the tokenizer would take for spaces.
        f"""CREATE VIRTUAL TABLE search USING fts5({columns}, content='', prefix='2 3',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
        "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'row')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album,
                genres, title_terms, other_terms ON files
            BEGIN {remove} {insert} END""",
    )


@migrations()
def m010_compact(db: Database) -> None:
    """Vectors and attributes in less room, counts that are kept, fewer indexes."""
    old_vectors = "SELECT track_id, vector, attributes FROM old_features ORDER BY track_id"
    attributes = (
        "tempo_bpm", "tempo_confidence", "key", "key_confidence", "loudness_lufs",
        "dynamic_range_db", "brightness_hz", "energy", "acousticness", "danceability",
        "instrumentalness",
    )  # fmt: skip
    columns = ", ".join(f"{a} {'TEXT' if a == 'key' else 'REAL'}" for a in attributes)
    db.conn.create_function("shares", 1, as_shares, deterministic=True)
    _run(
        db,
        "ALTER TABLE features RENAME TO old_features",
        f"""CREATE TABLE features (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id), version INTEGER NOT NULL, {columns}
        )""",
        # A vector of some 2 KB in one row would leave half of each page empty.
        "CREATE TABLE vectors (id INTEGER PRIMARY KEY, part BLOB NOT NULL)",
        "INSERT INTO features (track_id, version) SELECT track_id, version FROM old_features",
    )
    fill = f"UPDATE features SET {', '.join(f'{a} = ?' for a in attributes)} WHERE track_id = ?"
    for track_id, vector, text in db.conn.execute(old_vectors):
        known = json.loads(text)
        db.conn.execute(fill, (*(known.get(a) for a in attributes), track_id))
        db.conn.executemany("INSERT INTO vectors VALUES (?, ?)", vector_rows(track_id, vector))
    _run(
        db,
        "DROP TABLE old_features",
        "ALTER TABLE heard RENAME TO old_heard",
        """CREATE TABLE heard (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            ears_version TEXT NOT NULL,
            embedding BLOB NOT NULL,
            arousal REAL NOT NULL, valence REAL NOT NULL,
            moods BLOB NOT NULL, genres BLOB NOT NULL
        )""",
        """INSERT INTO heard SELECT track_id, ears_version, embedding, arousal, valence,
            shares(moods), shares(genres) FROM old_heard""",
        "DROP TABLE old_heard",
        # Whole lists come from an order that is kept; names of two parts are looked up by one.
        *(
            f"DROP INDEX files_{what}"
            for what in ("by_artist", "by_title", "by_state", "named_by", "on_album")
        ),
        "DROP INDEX files_of_album_artist",
        """CREATE INDEX files_of_album_artist ON files(folded_album_artist)
            WHERE folded_album_artist != folded_artist""",
        "CREATE INDEX files_not_present ON files(state) WHERE state != 'present'",
        "CREATE INDEX feedback_of_profile ON feedback(profile)",
    )
    _keep_counts(db)


def _keep_counts(db: Database) -> None:
    """Files by state, present tracks by the version of their features, changes of the listing."""
    move = (
        "INSERT INTO version_counts VALUES ({version}, {by}) "
        "ON CONFLICT (version) DO UPDATE SET tracks = tracks + {by};"
    )
    _run(
        db,
        "CREATE TABLE file_counts (state TEXT PRIMARY KEY, files INTEGER NOT NULL)",
        """INSERT INTO file_counts SELECT value, (SELECT count(*) FROM files WHERE state = value)
            FROM json_each('["present", "missing", "offline", "failed"]')""",
        "INSERT INTO counters VALUES ('listing', 0)",
        "ALTER TABLE tracks ADD COLUMN present INTEGER NOT NULL DEFAULT 0",
        """UPDATE tracks SET present =
            (SELECT count(*) FROM files WHERE track_id = tracks.id AND state = 'present')""",
        "CREATE TABLE version_counts (version INTEGER PRIMARY KEY, tracks INTEGER NOT NULL)",
        """INSERT INTO version_counts SELECT coalesce(version, -1), count(*) FROM tracks
            LEFT JOIN features ON track_id = tracks.id WHERE present > 0
            GROUP BY coalesce(version, -1)""",
        """CREATE TRIGGER count_insert AFTER INSERT ON files BEGIN
            UPDATE file_counts SET files = files + 1 WHERE state = new.state;
            UPDATE tracks SET present = present + 1
                WHERE id = new.track_id AND new.state = 'present';
            UPDATE counters SET value = value + 1 WHERE name = 'listing';
        END""",
        """CREATE TRIGGER count_delete AFTER DELETE ON files BEGIN
            UPDATE file_counts SET files = files - 1 WHERE state = old.state;
            UPDATE tracks SET present = present - 1
                WHERE id = old.track_id AND old.state = 'present';
            UPDATE counters SET value = value + 1 WHERE name = 'listing';
        END""",
        """CREATE TRIGGER count_update AFTER UPDATE OF state, track_id ON files
            WHEN old.state != new.state OR old.track_id IS NOT new.track_id BEGIN
            UPDATE file_counts SET files = files - 1 WHERE state = old.state;
            UPDATE file_counts SET files = files + 1 WHERE state = new.state;
            UPDATE tracks SET present = present - 1
                WHERE id = old.track_id AND old.state = 'present';
            UPDATE tracks SET present = present + 1
                WHERE id = new.track_id AND new.state = 'present';
        END""",
        """CREATE TRIGGER listing_update
            AFTER UPDATE OF state, path, title, artist, album, disc_no, track_no, year ON files
            BEGIN UPDATE counters SET value = value + 1 WHERE name = 'listing'; END""",
        f"""CREATE TRIGGER count_presence AFTER UPDATE OF present ON tracks
            WHEN (old.present > 0) != (new.present > 0) BEGIN
            {
            move.format(
                version="coalesce((SELECT version FROM features WHERE track_id = new.id), -1)",
                by="CASE WHEN new.present > 0 THEN 1 ELSE -1 END",
            )
        }
        END""",
        *(
            f"""CREATE TRIGGER count_features_{event.split()[0].lower()} AFTER {event} ON features
            WHEN (SELECT present FROM tracks WHERE id = {row}.track_id) > 0 BEGIN
            {move.format(version=gone, by=-1)}
            {move.format(version=come, by=1)}
        END"""
            for event, row, gone, come in (
                ("INSERT", "new", "-1", "new.version"),
                ("DELETE", "old", "old.version", "-1"),
                ("UPDATE OF version", "new", "old.version", "new.version"),
            )
        ),
    )


@migrations()
def m011_files(db: Database) -> None:
    """When anything of a file changed, its rating and what came of it, what no scan looks into."""
    columns = (
        "ctime_ns INTEGER NOT NULL DEFAULT 0", "rating REAL", "rating_number REAL",
        "rating_stars REAL", "rating_taken REAL", "measured_s REAL",
    )  # fmt: skip
    _run(
        db,
        *(f"ALTER TABLE files ADD COLUMN {column}" for column in columns),
        # Ratings in files were taken once, the first time; these were.
        """UPDATE files SET rating_taken = (SELECT value FROM feedback
            WHERE feedback.track_id = files.track_id AND source = 'file' ORDER BY id DESC LIMIT 1)
            WHERE track_id IN (SELECT track_id FROM feedback WHERE source = 'file')""",
        # beets read the date 20061024 as a year.
        """UPDATE files SET year = CASE WHEN year BETWEEN 15000101 AND 20991231
            THEN year / 10000 END WHERE year > 9999""",
        """CREATE INDEX files_rating_due ON files(id)
            WHERE coalesce(rating, rating_stars) IS NOT rating_taken""",
        "CREATE INDEX files_by_rating_number ON files(rating_number) "
        "WHERE rating_number IS NOT NULL",
        "CREATE TABLE exclusions (pattern TEXT PRIMARY KEY)",
    )


@migrations()
def m012_songs(db: Database) -> None:
    """What tags say of the song behind a file; worked out anew where `song` is NULL."""
    columns = (
        "artists TEXT", "song TEXT", "versions TEXT NOT NULL DEFAULT ''",
        "lead TEXT NOT NULL DEFAULT ''", "seasonal TEXT", "kind TEXT NOT NULL DEFAULT 'song'",
    )  # fmt: skip
    _run(
        db,
        *(f"ALTER TABLE files ADD COLUMN {column}" for column in columns),
        "CREATE INDEX files_by_song ON files(song) WHERE song != ''",
        "CREATE INDEX files_undescribed ON files(id) WHERE song IS NULL",
        """CREATE TABLE credits (
            file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('main', 'featured')),
            PRIMARY KEY (file_id, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX credits_by_name ON credits(folded)",
    )


@migrations()
def m013_guards(db: Database) -> None:
    """What a person set, and what they never want to hear."""
    _run(
        db,
        """CREATE TABLE settings (
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (profile, name)
        ) WITHOUT ROWID""",
        """CREATE TABLE bans (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('artist', 'album', 'genre', 'folder')),
            value TEXT NOT NULL,
            UNIQUE (profile, kind, value)
        )""",
        "CREATE INDEX files_apart ON files(track_id) WHERE seasonal IS NOT NULL OR kind != 'song'",
    )


@migrations()
def m014_search_files(db: Database) -> None:
    """Songs are found by the names of their files and by their year, too."""
    db.conn.create_function("file_terms", 5, file_terms, deterministic=True)
    columns = "title, artist, album, genres, title_terms, other_terms"
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres, {row}.title_terms, "
        f"{row}.other_terms || ' ' || {row}.file_terms"
        for row in ("new", "old")
    )
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    _run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        "ALTER TABLE files ADD COLUMN file_terms TEXT NOT NULL DEFAULT ''",
        """UPDATE files SET file_terms =
            file_terms(path, year, folded_title, folded_artist, folded_album)""",
        "INSERT INTO search(search) VALUES ('delete-all')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album,
                genres, title_terms, other_terms, file_terms ON files
            BEGIN {remove} {insert} END""",
        "DROP TRIGGER listing_update",  # now by length and genre, too
        """CREATE TRIGGER listing_update AFTER UPDATE OF
            state, path, title, artist, album, disc_no, track_no, year, genres, duration_s ON files
            BEGIN UPDATE counters SET value = value + 1 WHERE name = 'listing'; END""",
    )


@migrations()
def m015_playlists(db: Database) -> None:
    """Playlists, the journal of their changes, and when a recording first came in."""
    _run(
        db,
        """CREATE TABLE playlists (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            made_at_s REAL NOT NULL,
            changed_at_s REAL NOT NULL,
            UNIQUE (profile, folded)
        )""",
        """CREATE TABLE playlist_items (
            playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            guest INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (playlist_id, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE playlist_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            playlist_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            at_s REAL NOT NULL,
            name_before TEXT,
            name_after TEXT,
            position INTEGER NOT NULL,
            removed TEXT NOT NULL,
            added TEXT NOT NULL,
            undone_as INTEGER
        )""",
        "CREATE INDEX playlist_changes_by_profile ON playlist_changes(profile, id)",
        """CREATE TABLE playlist_songs (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            path BLOB NOT NULL,
            title TEXT NOT NULL,
            artist TEXT NOT NULL,
            album TEXT NOT NULL,
            duration_s REAL
        )""",
        "ALTER TABLE tracks ADD COLUMN added_at_s REAL",
        # What came before this was kept: the oldest file says when, as well as anything does.
        """UPDATE tracks SET added_at_s =
            (SELECT min(mtime_ns) / 1e9 FROM files WHERE files.track_id = tracks.id)""",
    )


@migrations()
def m016_described_anew(db: Database) -> None:
    """Songs by other rules; ratings that were taken before their scale was known are read anew."""
    _run(
        db,
        "UPDATE files SET song = NULL",
        """UPDATE files SET ctime_ns = 1 WHERE rating_taken IS NOT NULL
            AND rating IS NULL AND rating_number IS NULL""",  # no file has that ctime
    )


@migrations()
def m017_saved_lists(db: Database) -> None:
    """Requests that are kept under a name, what came of them last, and where it was written."""
    _run(
        db,
        """CREATE TABLE saved_lists (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            request TEXT NOT NULL,
            file BLOB,
            relative INTEGER NOT NULL DEFAULT 0,
            day TEXT,
            track_ids TEXT NOT NULL DEFAULT '[]',
            written TEXT,
            UNIQUE (profile, folded)
        )""",
    )


@migrations()
def m018_talks(db: Database) -> None:
    """What was asked for in words, turn by turn, and how the talk stood before and after."""
    _run(
        db,
        """CREATE TABLE talk_turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            utterance INTEGER NOT NULL,
            at_s REAL NOT NULL,
            text TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            acts TEXT NOT NULL,
            undone INTEGER NOT NULL
        )""",
        "CREATE INDEX talk_turns_by_profile ON talk_turns(profile, id)",
    )


@migrations()
def m019_former_songs(db: Database) -> None:
    """Of which song a recording with feedback was whose file is forgotten, or is another now."""
    keep = """INSERT OR REPLACE INTO former_songs
        VALUES (old.track_id, old.song, old.versions, old.duration_s)"""
    had_feedback = """coalesce(old.song, '') != ''
        AND EXISTS (SELECT 1 FROM feedback WHERE track_id = old.track_id)"""
    _run(
        db,
        """CREATE TABLE former_songs (
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            song TEXT NOT NULL,
            versions TEXT NOT NULL,
            duration_s REAL,
            PRIMARY KEY (track_id, song, versions)
        ) WITHOUT ROWID""",
        "CREATE INDEX former_songs_by_song ON former_songs(song)",
        f"CREATE TRIGGER song_forgotten BEFORE DELETE ON files WHEN {had_feedback} "
        f"BEGIN {keep}; END",
        "CREATE TRIGGER song_replaced BEFORE UPDATE OF track_id ON files "
        f"WHEN old.track_id IS NOT new.track_id AND {had_feedback} BEGIN {keep}; END",
    )


@migrations()
def m020_queues(db: Database) -> None:
    """What each profile listens to, from one time to the next."""
    _run(db, "CREATE TABLE queues (profile TEXT PRIMARY KEY, queue TEXT NOT NULL) WITHOUT ROWID")


@migrations()
def m021_track_changes(db: Database) -> None:
    """Which tracks changed since the catalogue was kept, so that it can grow by them."""
    files = (
        "track_id, path, title, artist, album, album_artist, genres, year, lead, duration_s, song, "
        "state"
    )

    def note(row: str) -> str:
        return (
            f"DELETE FROM track_changes WHERE track_id = {row}.track_id; "
            f"INSERT INTO track_changes (track_id) SELECT {row}.track_id "
            f"WHERE {row}.track_id IS NOT NULL;"
        )

    _run(
        db,
        "CREATE TABLE track_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "track_id INTEGER NOT NULL UNIQUE)",
        "INSERT INTO counters VALUES ('catalogue', 0)",
        f"CREATE TRIGGER changed_file_insert AFTER INSERT ON files BEGIN {note('new')} END",
        f"CREATE TRIGGER changed_file_delete AFTER DELETE ON files BEGIN {note('old')} END",
        f"CREATE TRIGGER changed_file_update AFTER UPDATE OF {files} ON files "
        f"BEGIN {note('old')} {note('new')} END",
        *(
            f"CREATE TRIGGER changed_{table}_{event.lower()} AFTER {event} ON {table} "
            f"BEGIN {note('old' if event == 'DELETE' else 'new')} END"
            for table in ("features", "heard")
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
        # What a service says of an artist may reach any track.
        *(
            f"CREATE TRIGGER changed_{table}_{event.lower()} AFTER {event} ON {table} "
            "BEGIN UPDATE counters SET value = 0 WHERE name = 'catalogue' AND value != 0; END"
            for table in ("lookups", "answers")
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
    )


@migrations()
def m022_deflated_vectors(db: Database) -> None:
    """Vectors in four fifths of the room, number for number the same."""
    _run(
        db,
        "ALTER TABLE vectors RENAME TO plain_vectors",
        "CREATE TABLE vectors (id INTEGER PRIMARY KEY, part BLOB NOT NULL)",
    )
    last = db.conn.execute("SELECT max(id) FROM plain_vectors").fetchone()[0]
    # Lot by lot, so that the next takes the room that the last has left; large enough for SQLite
    # to ask in each whether to go on.
    for first in range(0, (last or 0) + 1, LOT * PARTS):
        span = (first, first + LOT * PARTS - 1)
        lot = "FROM plain_vectors WHERE id BETWEEN ? AND ?"
        parts: dict[int, list[bytes]] = {}
        for id_, part in db.conn.execute(f"SELECT id, part {lot} ORDER BY id", span):
            parts.setdefault(id_ // PARTS, []).append(part)
        for track_id, plain in parts.items():
            rows = packed_rows(track_id, plain_packing.numbers(plain))
            db.conn.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
        db.conn.execute(f"DELETE {lot}", span)
    _run(db, "DROP TABLE plain_vectors")


@migrations()
def m023_listens_by_service(db: Database) -> None:
    """Which music service told of a listen; there was one."""
    _run(db, "ALTER TABLE listens ADD COLUMN service TEXT NOT NULL DEFAULT 'lastfm'")


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.conn.execute(statement)
