"""Model versions: list, show, roll back, delete."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.library.analyse import prepare_scores
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import ModelError
from musicrec_core.recommender.ears.registry import NAME
from musicrec_core.records import ModelInfo


def warnings(context: Context) -> tuple[str, ...]:
    """See MusicRec.warnings."""
    trouble = context.registry.trouble()
    # What is wrong with the version in use is told once.
    others = (d for d in context.registry.damage() if d.split(": ")[0] not in (trouble or ""))
    return tuple(w for w in (trouble, context.ears_in_use()[1], *others) if w)


def models(context: Context) -> list[ModelInfo]:
    """See MusicRec.models."""
    return [*context.registry.list(), *context.ears_registry.list()]


def model(context: Context, version: str) -> ModelInfo:
    """See MusicRec.model."""
    _check_name(version)
    taught = NAME.fullmatch(version)
    return context.ears_registry.show(version) if taught else context.registry.show(version)


def _check_name(version: str) -> None:
    if not version.strip():
        raise ModelError("an empty name is no model version: `musicrec models list` names all")


def prune(context: Context, keep: int, *, dry: bool) -> tuple[str, ...]:
    """See MusicRec.prune_models."""
    return context.registry.prunable(keep) if dry else context.registry.prune(keep)


def use(context: Context, version: str, progress: OnProgress | None) -> ModelInfo:
    """See MusicRec.use_model."""
    _check_name(version)
    if NAME.fullmatch(version):
        info = context.ears_registry.use(version, context.bundled_ears)
    else:
        info = context.registry.use(version)
    if context.store.files.count("present"):
        prepare_scores(context, progress or (lambda _: None))
    return info
