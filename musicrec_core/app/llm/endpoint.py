"""Which language model is asked, if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musicrec_core import paths
from musicrec_core.llm import client, settings
from musicrec_core.llm.settings import TIMEOUT_S, LlmError, LlmSettings

if TYPE_CHECKING:
    from musicrec_core.app.context import Context


@dataclass(frozen=True, slots=True)
class LlmStatus:
    """Whether a language model is on, and which. Never holds the key."""

    on: bool
    url: str | None = None
    model: str | None = None
    remote: bool = False
    timeout_s: float | None = None
    has_key: bool = False


def status(context: Context) -> LlmStatus:
    """What is set; opens no connection."""
    kept = settings.load(paths.llm_settings(context.home))
    if kept is None:
        return LlmStatus(on=False)
    has_key = settings.key_of(kept) is not None
    return LlmStatus(True, kept.url, kept.model, kept.remote, kept.timeout_s, has_key)


def turn_on(
    context: Context, url: str, model: str, *, remote: bool, timeout_s: float | None
) -> LlmStatus:
    """Keep where it is. Raises LlmError for what is no endpoint, or another machine's unasked."""
    endpoint = LlmSettings(url.strip().rstrip("/"), model.strip(), remote, timeout_s or TIMEOUT_S)
    settings.save(paths.llm_settings(context.home), endpoint)
    return status(context)


def turn_off(context: Context) -> bool:
    """Ask none any more; False where none was asked."""
    return settings.forget(paths.llm_settings(context.home))


def is_on(context: Context) -> bool:
    """Whether a language model is asked. Raises LlmError where the settings are damaged."""
    return settings.load(paths.llm_settings(context.home)) is not None


def answer(context: Context, task: str, about: str) -> dict[str, Any]:
    """The model's JSON object. Raises LlmError on any failure."""
    endpoint = settings.load(paths.llm_settings(context.home))
    if endpoint is None:
        raise LlmError("no language model is on")
    return client.ask(endpoint, settings.key_of(endpoint), task, about)


__all__ = ["LlmError", "LlmStatus", "answer", "is_on", "status", "turn_off", "turn_on"]
