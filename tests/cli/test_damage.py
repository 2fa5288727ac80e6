"""What musicrec says, does and leaves alone when files of the user's are damaged."""

from __future__ import annotations

import json
from pathlib import Path

from musicrec_core.app.facade import MusicRec
from tests.conftest import Command
from tests.support.models import described


def personal_model(musicrec: Command) -> Path:
    """The folder of a profile that uses the bundled network as its own version."""
    with MusicRec(home=musicrec.home) as inside:
        registry = inside._context.registry
        registry.add(registry.bundled(), described(feedback=10))
    return musicrec.home / "models" / "default"


def bad(musicrec: Command, name: str) -> str:
    """What `doctor`, which must fail, says of one check."""
    checks = json.loads(musicrec("doctor", "--json", status=1).stdout)["checks"]
    (detail,) = (c["detail"] for c in checks if c["name"] == name and not c["ok"])
    return str(detail)


def test_a_damaged_choice_of_model_is_told_by_every_command_that_leans_on_it(
    musicrec: Command,
) -> None:
    choice = personal_model(musicrec) / "current.json"
    choice.write_text("{")
    for command in ("recommend", "insights", "models list", "explain Lake", "retrain"):
        run = musicrec(*command.split(), "--json")
        assert f"{choice} is damaged" in run.stderr, command
        assert "`musicrec models use p0001`" in run.stderr
    assert "damaged" in musicrec.json("status")["suggestion"]
    assert "`musicrec models use p0001`" in bad(musicrec, "taste model")
    assert choice.read_text() == "{"
    musicrec("models", "use", "p0001")
    assert musicrec("recommend", "-n", "1").stderr == ""
    assert choice.with_name("current.json.damaged").read_text() == "{"


def test_damaged_notes_of_a_training_are_named_and_drift_says_so(musicrec: Command) -> None:
    notes = personal_model(musicrec) / "p0001.seen.json"
    notes.write_text("]")
    assert str(notes) in bad(musicrec, "model files")
    assert "cannot be read" in musicrec.json("insights")["drift"]["sentence"]
    assert str(notes) in musicrec("insights").stderr
    assert notes.read_text() == "]"


def test_a_damaged_choice_of_ears_is_told(musicrec: Command) -> None:
    choice = musicrec.home / "ears" / "current.json"
    choice.parent.mkdir()
    choice.write_text("ears")
    assert f"{choice} is damaged" in musicrec("recommend", "-n", "1").stderr
    assert f"{choice} is damaged" in bad(musicrec, "ears in use")
    musicrec("models", "use", "ears-bundled")
    assert musicrec("recommend", "-n", "1").stderr == ""
    assert choice.with_name("current.json.damaged").read_text() == "ears"


def test_doctor_says_how_to_save_what_a_damaged_database_still_holds(
    musicrec: Command, tmp_path: Path
) -> None:
    musicrec("like", "River")
    database = musicrec.home / "musicrec.db"
    data = bytearray(database.read_bytes())
    at = data.index(b"Furnace")  # a page of the songs, by then no page at all
    start = at // 4096 * 4096
    data[start : start + 4096] = b"\xff" * 4096
    database.write_bytes(data)
    advice = bad(musicrec, "database")
    assert "1 of 1 pieces of feedback can be read" in advice
    saved = tmp_path / "saved.jsonl"
    assert "`musicrec export --rescue -o saved.jsonl`" in advice
    assert musicrec("export", "--rescue", "-o", saved).stderr == ""
    assert Command(tmp_path / "other").json("import", saved)["imported"] == 1


def test_a_database_that_cannot_be_read_at_all_is_left_as_it_is(musicrec: Command) -> None:
    database = musicrec.home / "musicrec.db"
    content = b"\0" * database.stat().st_size
    database.write_bytes(content)
    assert "nothing of it can be read" in bad(musicrec, "database")
    for command in ("recommend", "scan", "like Lake", "export", "export --rescue"):
        assert "musicrec.db" in musicrec.fails(*command.split())
    assert database.read_bytes() == content


def test_an_export_that_fails_leaves_the_export_of_last_time(
    musicrec: Command, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.jsonl"
    backup.write_text("all of last year\n")
    (musicrec.home / "musicrec.db").write_bytes(b"\xff" * 8192)
    assert "damaged" in musicrec.fails("export", "-o", backup)
    assert backup.read_text() == "all of last year\n"
    assert list(tmp_path.glob("*.part")) == []


def test_a_damaged_account_is_something_to_mend(musicrec: Command) -> None:
    account = musicrec.home / "lastfm.json"
    account.write_text("{")
    message = bad(musicrec, "Last.fm")
    assert message == f"{account} is damaged: enter the key anew, `musicrec lastfm login`"


def test_what_was_rescued_makes_a_home_again(musicrec: Command, tmp_path: Path) -> None:
    musicrec("like", "River")
    database = musicrec.home / "musicrec.db"
    with database.open("r+b") as file:
        file.truncate(database.stat().st_size * 9 // 10)
    saved = tmp_path / "saved.jsonl"
    musicrec("export", "--rescue", "-o", saved)
    for path in musicrec.home.glob("musicrec.db*"):
        path.rename(tmp_path / path.name)
    musicrec("import", saved)
    assert musicrec.json("scan", "--tags-only")["new"] == 10
    assert musicrec.json("status")["feedback"]["like"] == 1
    assert bool([r for r in musicrec.json("explain", "Lake")["reasons"] if "River" in r["text"]])


def test_a_choice_of_a_version_that_is_gone_is_told_once(musicrec: Command) -> None:
    folder = personal_model(musicrec)
    for path in folder.glob("p0001.*"):
        path.unlink()
    message = musicrec("recommend", "-n", "1").stderr
    assert message.count("\n") == 1
    assert "there is no model version p0001" in message
    assert "`musicrec models use bundled`" in message
    musicrec("models", "use", "bundled")
    assert musicrec("recommend", "-n", "1").stderr == ""
