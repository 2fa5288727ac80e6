"""ask: say in words what is wanted, one utterance or a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING

import click

from musicrec_tui.cli.chips import chip_json, chip_text
from musicrec_tui.cli.common import Settings, common_options_with, echo, print_json

if TYPE_CHECKING:
    from musicrec_core.app.results import Request, SlotValue, Understanding

JSON_HELP = "JSON on standard output; with --batch one object a line, for blank lines too."


@click.command()
@click.argument("words", nargs=-1)
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="One utterance a line.")
@click.option("--dry-run", is_flag=True, help="Only say what was understood.")
@common_options_with(JSON_HELP)
def ask(settings: Settings, words: tuple[str, ...], batch: IO[bytes] | None, dry_run: bool) -> None:
    """Say what you want: "something mellow for dinner, no vocals"."""
    if bool(words) == (batch is not None):
        raise click.UsageError("say something, or give a file with --batch")
    if not dry_run:
        raise click.UsageError("so far ask only understands: add --dry-run")
    sentences = [" ".join(words)] if batch is None else _lines(batch)
    with settings.open() as musicrec:
        for understanding in musicrec.assistant.understand(sentences):
            if not settings.as_json:
                echo(_text(understanding))
            elif batch is None:
                print_json(_json(understanding))
            else:
                click.echo(json.dumps(_json(understanding)))


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Lines end at a line feed alone: other signs that divide lines stand inside utterances."""
    for line in file:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _json(understanding: Understanding) -> dict[str, object]:
    return {
        "intent": understanding.intent,
        "confidence": round(understanding.confidence, 4),
        "slots": _slots(understanding.slots),
        "further": [_request(request) for request in understanding.further],
        "chips": [chip_json(chip) for chip in understanding.chips],
    }


def _request(request: Request) -> dict[str, object]:
    return {
        "intent": request.intent,
        "confidence": round(request.confidence, 4),
        "slots": _slots(request.slots),
    }


def _slots(slots: Mapping[str, SlotValue]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in slots.items()
    }


def _text(understanding: Understanding) -> str:
    asked = [understanding.intent, *(request.intent for request in understanding.further)]
    chips = [chip_text(chip) for chip in understanding.chips]
    slots = [f"{name} {value}" for name, value in _slots(understanding.slots).items()]
    return "; ".join((" and ".join(asked), *slots, *chips))


COMMANDS = (ask,)
