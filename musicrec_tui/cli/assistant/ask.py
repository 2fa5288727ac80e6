"""ask: say in words what is wanted, one utterance, a file of them, or a talk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

import click

from musicrec_tui.cli.assistant.ask_output import (
    answer_json,
    echo_answer,
    echo_state,
    state_json,
    understanding_json,
    understanding_text,
)
from musicrec_tui.cli.assistant.ask_player import LazyPlayer
from musicrec_tui.cli.common import Settings, common_options_with, echo, print_json, warn

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec

JSON_HELP = "JSON on standard output; with --batch one object a line, for blank lines too."
PROMPT = "> "


@click.command()
@click.argument("words", nargs=-1)
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="One utterance a line.")
@click.option("--dry-run", is_flag=True, help="Only say what was understood.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask before many songs go.")
@click.option("--state", "as_state", is_flag=True, help="Show how the talk stands.")
@click.option("--new", "anew", is_flag=True, help="Begin a new talk first.")
@common_options_with(JSON_HELP)
def ask(
    settings: Settings, words: tuple[str, ...], batch: IO[bytes] | None, dry_run: bool, yes: bool,
    as_state: bool, anew: bool,
) -> None:  # fmt: skip
    """Say what you want: "something mellow for dinner", "add the second to Evening", "undo".

    One talk goes on from call to call. Without words it is a prompt on a terminal; Ctrl-D ends it.
    """
    _check(settings, words, batch, dry_run=dry_run, as_state=as_state, anew=anew)
    with settings.open() as musicrec:
        if anew:
            musicrec.assistant.forget()
            warn(["a new talk; what was done stays"])
        if as_state:
            _show_state(settings, musicrec)
        elif dry_run:
            _understand(settings, musicrec, [" ".join(words)] if batch is None else _lines(batch))
        elif batch is not None:
            for line in _lines(batch):
                _answer(settings, musicrec, line, yes=yes, several=True)
        elif words:
            if not _answer(settings, musicrec, " ".join(words), yes=yes):
                sys.exit(1)
        elif sys.stdin.isatty() and not settings.as_json:
            _talk(settings, musicrec, yes=yes)


def _check(
    settings: Settings, words: tuple[str, ...], batch: object, *, dry_run: bool, as_state: bool,
    anew: bool,
) -> None:  # fmt: skip
    """Refuse options that exclude each other, and a prompt where nobody types."""
    given = as_state + (batch is not None) + bool(words)
    if given > 1:
        raise click.UsageError("words, --batch and --state exclude each other")
    nobody_types = dry_run or settings.as_json or not sys.stdin.isatty()
    if not given and not anew and nobody_types:
        raise click.UsageError("say something, or give a file with --batch")


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Lines end at a line feed alone: other signs that divide lines stand inside utterances."""
    for line in file:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _understand(settings: Settings, musicrec: MusicRec, sentences: Iterable[str]) -> None:
    for understanding in musicrec.assistant.understand(sentences):
        if settings.as_json:
            click.echo(json.dumps(understanding_json(understanding)))
        else:
            echo(understanding_text(understanding))


def _answer(
    settings: Settings, musicrec: MusicRec, utterance: str, *, yes: bool, several: bool = False
) -> bool:
    """Act and answer; whether all was done. What was not stands on standard error."""
    player = LazyPlayer(musicrec)
    answer = musicrec.assistant.respond(
        utterance, lambda question: yes or _confirmed(question), player.now
    )
    player.obey(answer)
    if settings.as_json:
        click.echo(json.dumps(answer_json(answer)))
    else:
        echo_answer(answer, err=not (answer.done or several or sys.stdin.isatty()))
    return answer.done


def _confirmed(question: str) -> bool:
    """Only a person at a terminal can say yes."""
    if sys.stdin.isatty():
        return click.confirm(question, err=True)
    warn([f"{question} `--yes` says so"])
    return False


def _talk(settings: Settings, musicrec: MusicRec, *, yes: bool) -> None:
    """A prompt until the end of input."""
    import readline  # noqa: F401 - gives `input` its history and keys

    from musicrec_core.errors import MusicRecError

    echo("“help” says what can be said; Ctrl-D ends the talk.")
    while True:
        try:
            line = input(PROMPT)
        except EOFError:
            echo()
            return
        if not line.strip():
            continue
        try:
            _answer(settings, musicrec, line, yes=yes)
        except MusicRecError as error:
            warn([str(error)])


def _show_state(settings: Settings, musicrec: MusicRec) -> None:
    state = musicrec.assistant.state()
    if settings.as_json:
        print_json(state_json(state))
    else:
        echo_state(state)


COMMANDS = (ask,)
