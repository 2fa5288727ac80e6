"""What musicrec says, does and leaves alone when files of the user's are damaged."""

from __future__ import annotations

import json
from pathlib import Path

from musicrec_core.app.facade import MusicRec
from musicrec_core.records import Metrics
from tests.conftest import Command


def personal_model(musicrec: Command) -> Path:
    """The folder of a profile that uses the bundled network as its own version."""
    with MusicRec(home=musicrec.home) as inside:
        registry = inside._context.registry
        registry.add(
            registry.bundled_net(), trained_at="2024-05-01T12:00:00+00:00",
            metrics=Metrics(auc=0.7), reason="It is better.", feedback=10,
        )  # fmt: skip
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
