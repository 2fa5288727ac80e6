"""Model versions: list, show, roll back, delete."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.library.analyse import prepare_scores
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import ModelError
from musicrec_core.model_records import ModelInfo


def warnings(context: Context) -> tuple[str, ...]:
    """See MusicRec.warnings."""
    trouble = context.registry.trouble()
    # What is wrong with the version in use is told once.
    chosen = context.registry.chosen_version() if trouble else None
    others = (d.text for d in context.registry.damage() if d.version != chosen)
    return tuple(w for w in (trouble, context.ears_in_use()[1], *others) if w)


def models(context: Context) -> list[ModelInfo]:
    """See MusicRec.models."""
    ears = context.ears_registry.list()
    return [*context.registry.list(), *(ears if len(ears) > 1 else ())]


def model(context: Context, version: str) -> ModelInfo:
    """See MusicRec.model."""
    _check_name(version)
    ears = context.ears_registry
    return ears.show(version) if ears.holds(version) else context.registry.show(version)


def _check_name(version: str) -> None:
    if not version.strip():
        raise ModelError("an empty name is no model version: `musicrec models list` names all")


def prune(context: Context, keep: int, *, dry: bool) -> tuple[str, ...]:
    """See MusicRec.prune_models."""
    return context.registry.prunable(keep) if dry else context.registry.prune(keep)


def use(context: Context, version: str, progress: OnProgress | None) -> ModelInfo:
    """See MusicRec.use_model."""
    _check_name(version)
    ears = context.ears_registry
    info = ears.use(version) if ears.holds(version) else context.registry.use(version)
    if context.store.files.count("present"):
        prepare_scores(context, progress or (lambda _: None))
    return info
