"""llm: the language model that may read wishes and word descriptions, if you want one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_tui.cli.common import Number, Settings, common_options, echo, print_json

if TYPE_CHECKING:
    from musicrec_core.app.results import LlmStatus


@click.command()
@click.option("--url", metavar="URL", help="The endpoint, such as http://localhost:11434/v1.")
@click.option("--model", metavar="NAME", help="The model's name there.")
@click.option("--remote", is_flag=True, help="Allow another machine: what you say is sent there.")
@click.option("--timeout-s", type=Number(0, min_open=True), metavar="S",
              help="For a whole answer; 8 by default.")  # fmt: skip
@click.option("--off", is_flag=True, help="Ask none any more.")
@common_options
def llm(
    settings: Settings, url: str | None, model: str | None, remote: bool, timeout_s: float | None,
    off: bool,
) -> None:  # fmt: skip
    """Show, turn on or turn off the language model. None is asked until you name one.

    Any OpenAI-compatible endpoint; a key comes from MUSICREC_LLM_KEY or the keyring. Without
    options it shows what is set and opens no connection.
    """
    if off and (url or model or remote or timeout_s):
        raise click.UsageError("--off stands alone")
    if bool(url) != bool(model) or ((remote or timeout_s) and not url):
        raise click.UsageError("name both --url and --model")
    with settings.open() as musicrec:
        if off:
            musicrec.services.llm_off()
        elif url and model:
            musicrec.services.llm_on(url, model, remote=remote, timeout_s=timeout_s)
        status = musicrec.services.llm()
    if settings.as_json:
        print_json(asdict(status))
    else:
        echo(_text(status))


def _text(status: LlmStatus) -> str:
    if not status.on:
        return "No language model is asked: what you say is read here"
    key = "with a key" if status.has_key else "without a key"
    return (
        f"{status.model} at {status.url} is asked ({key}, at most {status.timeout_s:g} s); "
        "what it gets wrong is read here"
    )


COMMANDS = (llm,)
