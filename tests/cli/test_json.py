"""Each command writes with --json what its schema in docs/json says, no key more or less."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import catalogue as demo_catalogue
from musicrec_core.demo import places as demo_places
from musicrec_core.service_records import SERVICES
from musicrec_tui.cli import cli
from tests.conftest import SONGS, Command
from tests.enrich.lastfm_server import KEY, running
from tests.enrich.listenbrainz_server import listening

FOLDER = Path(__file__).parents[2] / "docs" / "json"
SHARED = "definitions"
Session = Sequence[Sequence[str]]

# Commands in the order in which they are run in one home; {music} and {tmp} are folders.
LIBRARY: Session = (
    ("scan", "--tags-only", "--exclude", "loud"),
    ("status",),
    ("doctor",),
    ("search", "rain"),
    ("explain", "River"),
    ("insights",),
    ("describe", "River"),
    ("describe", "Ada Reed"),
    ("recommend", "-n", "3"),
    ("recommend", "--albums", "--seed", "River"),
    ("recommend", "--artists", "--text", "calm"),
    ("recommend", "--seed", "River", "--popular", "0.9", "-n", "30"),
    ("recommend", "--text", "calm, no metal, before 1990", "-n", "2"),
    ("radio", "--seed", "River", "--skipped", "Lake", "-n", "3"),
    ("ask", "--dry-run", "no jazz but slow piano under four minutes, and remove the last one"),
    ("ask", "add River to Evening and remove the last one"),
    ("ask", "something calm, no live versions"),
    ("ask", "--state"),
    ("guards", "--off", "seasons"),
    ("ban", "artist", "Nobody"),
    ("unban", "artist", "Nobody"),
    ("activities", "ironing", "calm ambient"),
    ("clusters",),
    ("apart", "genre", "ambient"),
    ("incognito", "off"),
    ("ban", "genre", "metal"),
    ("scan", "--tags-only", "--exclude", "*/Podcasts/*"),
    ("export",),
    ("forget", "--since", "-1m", "--yes"),
    ("prune", "--yes"),
)
PLAYLISTS: Session = (
    ("playlist", "create", "Evening"),
    ("playlist", "add", "Evening", "Ada Reed", "Pulse", "--all"),
    ("playlist", "add", "Evening", "Pulse", "--new"),
    ("playlist", "list"),
    ("playlist", "show", "Evening"),
    ("playlist", "move", "Evening", "1-2", "3"),
    ("playlist", "remove", "Evening", "River"),
    ("playlist", "undo"),
    ("playlist", "redo"),
    ("playlist", "guests", "Evening", "--every", "2"),
    ("playlist", "accept", "Evening", "--at", "3", "--like"),
    ("playlist", "guests", "Evening", "--every", "2"),
    ("playlist", "reject", "Evening", "--all"),
    ("playlist", "export", "Evening", "{tmp}/evening.m3u8"),
    ("playlist", "import", "{tmp}/evening.m3u8", "--name", "Again"),
    ("playlist", "rename", "Again", "Once more"),
    ("playlist", "clear", "Once more"),
    ("playlist", "delete", "Once more"),
    ("export",),
)
SAVED: Session = (
    ("lists", "save", "Calm", "--seed", "River", "--popular", "0.2", "--file", "{tmp}/calm.m3u8"),
    ("lists", "save", "Loud", "--tag", "metal", "--where", "-liked", "-n", "2"),
    ("lists", "save", "Said", "--text", "something calm", "--unlike", "Anvil", "--seed", "Lake"),
    ("lists", "save", "Dinner", "--mood", "calm", "--among", "Ada Reed", "--order", "falling"),
    ("lists", "list"),
    ("lists", "show", "Calm"),
    ("lists", "refresh"),
    ("lists", "delete", "Calm"),
    ("export",),
)
LIKED, DISLIKED = ("River", "Lake", "Pulse"), ("Anvil", "Hammer", "Furnace")  # said beforehand
LEARNING: Session = (
    ("like", "Signal"),
    ("dislike", "Relay"),
    ("rate", "2", "Dora Night - Rain"),
    ("skip", "Relay"),
    ("undo",),
    ("recommend", "-n", "3"),
    ("retrain",),
    ("retrain", "--ears"),
    ("year",),
    ("models", "list"),
    ("models", "show", "bundled"),
    ("models", "use", "bundled"),
    ("models", "prune", "--keep", "0", "--yes"),
    ("explain", "Anvil"),
    ("insights",),
)
TABLES: Session = (
    ("export",),
    ("export", "--tracks", "--embeddings"),
    ("export", "--tracks"),
    ("export", "-o", "{tmp}/all.jsonl"),
    ("import", "{tmp}/all.jsonl"),
    ("import", "--ratings", "{tmp}/ratings.csv"),
    ("evaluate", "--ratings", "{tmp}/ratings.csv", "--folds", "2"),
)
SERVICES_IN_TURN: Session = (
    ("lastfm", "status"),
    ("lastfm", "login", "--user", "rj", "--server", "{server}"),
    ("enrich", "--only", "history"),
    ("lastfm", "logout"),
    ("listenbrainz", "status"),
    ("listenbrainz", "login", "--user", "rob", "--server", "{listenbrainz}"),
    ("enrich",),
    ("listenbrainz", "logout"),
    ("llm",),
)
DEMO: Session = (("demo", "{tmp}/demo"),)


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name))


SPEAKS_ITS_OWN = frozenset(("mcp", "serve"))  # not JSON; tests of their own hold them
COMMANDS = frozenset(commands(cli)) - SPEAKS_ITS_OWN


@cache
def schemas() -> dict[str, Any]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
    }


def schema_of(command: str) -> str:
    """The name of its file; all music services answer alike."""
    words = command.split()
    services = {spec.name for spec in SERVICES}
    return "-".join("service" if word in services else word for word in words)


@cache
def validator(command: str) -> Draft202012Validator:
    name = schema_of(command)
    assert name in schemas(), f"`musicrec {command}` has no schema: write docs/json/{name}.json"
    shared = Resource.from_contents(schemas()[SHARED])
    registry: Registry[Any] = Registry().with_resource(f"{SHARED}.json", shared)
    return Draft202012Validator(schemas()[name], registry=registry)


def misfits(command: str, document: object) -> list[str]:
    """What of a document the schema does not allow, each as one line."""
    return [
        f"{error.json_path}: {error.message}" for error in validator(command).iter_errors(document)
    ]


def command_of(arguments: Sequence[str]) -> str:
    return next(" ".join(arguments[:n]) for n in (2, 1) if " ".join(arguments[:n]) in COMMANDS)


def check(musicrec: Command, session: Session, **folders: object) -> None:
    """Run a session; each answer fits its schema, and would not with one key more."""
    for arguments in session:
        typed = [argument.format(**folders) for argument in arguments]
        for document in documents(musicrec(*typed, "--json").stdout):
            command = command_of(arguments)
            assert not misfits(command, document), f"`musicrec {' '.join(typed)}` as in docs/json"
            for place in objects(document):
                place["unheard of"] = {"unheard of": None}
                assert misfits(command, document), f"`musicrec {command}` may say anything: {place}"
                del place["unheard of"]


def documents(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]  # `export`; none from `export -o`


def objects(document: object) -> Iterator[dict[str, object]]:
    """Every object in a document, of a list those in its first entry."""
    inner: Iterable[object] = ()
    if isinstance(document, dict):
        yield document
        inner = list(document.values())
    elif isinstance(document, list):
        inner = document[:1]
    for value in inner:
        yield from objects(value)


def test_every_command_has_a_schema_and_is_run_here() -> None:
    sessions = (LIBRARY, PLAYLISTS, SAVED, LEARNING, TABLES, SERVICES_IN_TURN, DEMO)
    run = {command_of(arguments) for session in sessions for arguments in session}
    assert sorted(COMMANDS - run) == []
    files = {schema_of(command) for command in COMMANDS} | {SHARED}
    assert sorted(set(schemas()) ^ files) == []


def keys(schema: object) -> Iterator[tuple[str, Any, bool]]:
    """Each key that a schema names, what is said of it, and whether it must be there."""
    if isinstance(schema, dict):
        for name, of in schema.get("properties", {}).items():
            yield name, of, name in schema.get("required", ())
        for value in schema.values():
            yield from keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys(value)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_one_and_says_what_each_key_is(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])
    for key, schema, required in keys(schemas()[name]):
        assert "description" in schema or "$ref" in schema, key
        # What is not always there says when.
        assert required != schema.get("description", "").startswith("Only "), key


def test_the_library_and_the_lists_answer_as_documented(musicrec: Command) -> None:
    check(musicrec, LIBRARY)


def test_playlists_answer_as_documented(musicrec: Command, tmp_path: Path) -> None:
    check(musicrec, PLAYLISTS, tmp=tmp_path)


def test_saved_lists_answer_as_documented(musicrec: Command, tmp_path: Path) -> None:
    check(musicrec, SAVED, tmp=tmp_path)


def test_feedback_and_learning_answer_as_documented(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as facade:
        for song in LIKED:
            facade.feedback.record(facade.library.find(song), "like")
        for song in DISLIKED:
            facade.feedback.record(facade.library.find(song), "dislike")
    check(musicrec, LEARNING)


def test_export_import_and_evaluate_answer_as_documented(musicrec: Command, tmp_path: Path) -> None:
    for number, track in enumerate(musicrec.json("export", "--tracks")["tracks"]):
        with (tmp_path / "ratings.csv").open("a") as file:
            if not number:
                file.write("ratingEventId,ts,userId,trackId,sessionId,Rating\nx,1,me,none,s,9\n")
            file.write(f"{number},{number},me,{track['path']},s,{1 + 4 * (number % 2)}\n")
    check(musicrec, TABLES, tmp=tmp_path)


def test_music_services_answer_as_documented(
    musicrec: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path) as service, listening() as listenbrainz:
        listenbrainz.played["rob"] = []
        service.played["rj"] = [("Ada Reed", "River", "Water", 1_700_000_000)]
        service.loved["rj"] = []
        monkeypatch.setenv("SSL_CERT_FILE", service.ca_file)
        monkeypatch.setenv("NO_PROXY", "*")
        monkeypatch.setenv("MUSICREC_LASTFM_KEY", KEY)
        check(musicrec, SERVICES_IN_TURN, server=service.url, listenbrainz=listenbrainz.url)


def test_the_demo_answers_as_documented(fresh: Command, tmp_path: Path, scanned: Path) -> None:
    # Songs that are there are not written again: short ones in their place save a minute.
    short = {name.rpartition(".")[2]: scanned / "music" / name for name in SONGS}
    for album, number, song in demo_catalogue.songs():
        path = demo_places.song_path(tmp_path / "demo", album, number, song)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(short[album.format], path)
    check(fresh, DEMO, tmp=tmp_path)
