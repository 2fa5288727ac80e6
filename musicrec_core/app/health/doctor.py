"""Whether all that musicrec leans on is well, and how to mend what is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.app.health import oddities
from musicrec_core.app.results import Check
from musicrec_core.errors import (
    DamagedStoreError,
    EnrichError,
    ModelError,
    MusicRecError,
    StoreError,
)
from musicrec_core.service_records import SERVICES, ServiceSpec
from musicrec_core.store.connection import make_folder

OPTIONAL = (
    "music folders", "player", *(spec.title for spec in SERVICES),
    *(name for name, _ in oddities.CHECKS),
)  # fmt: skip
"""Checks whose failing breaks nothing: a drive may be away, nothing need be scanned yet."""


def doctor(context: Context) -> tuple[Check, ...]:
    """See MusicRec.doctor."""
    checks: tuple[tuple[str, Callable[[Context], str]], ...] = (
        ("data folder", _data_folder),
        ("database", _database),
        ("bundled ears", lambda c: f"version {c.bundled_ears.version}"),
        ("ears in use", _ears),
        (
            "bundled culture",
            lambda c: f"{len(c.culture.artist_names)} artists, {len(c.culture.tag_names)} tags",
        ),
        ("taste model", _taste),
        ("model files", _model_files),
        ("decoders", _decoders),
        ("music folders", _roots),
        *oddities.CHECKS,
        ("player", _player),
        *((spec.title, partial(_service, spec)) for spec in SERVICES),
    )
    return tuple(_checked(context, name, check) for name, check in checks)


def _checked(context: Context, name: str, check: Callable[[Context], str]) -> Check:
    try:
        return Check(name, True, check(context), name not in OPTIONAL)
    except MusicRecError as error:
        needed = name not in OPTIONAL or isinstance(error, _BrokenError)
        return Check(name, False, str(error), needed)


class _BrokenError(MusicRecError):
    """Something optional that the user turned on, and that is broken here."""


def _data_folder(context: Context) -> str:
    folder = paths.data_dir(context.home)
    make_folder(folder)
    if not os.access(folder, os.W_OK):
        raise StoreError(f"{folder} cannot be written: set MUSICREC_HOME to a folder that can")
    return str(folder)


def _database(context: Context) -> str:
    path = paths.database(context.home)
    try:
        integrity = context.store.check()
    except DamagedStoreError as error:
        integrity = _innermost(error)
    if integrity != "ok":
        raise StoreError(_mend(path, integrity))
    return f"{context.store.files.count('present')} tracks, no damage found"


def _innermost(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error)


def _mend(path: Path, damage: str) -> str:
    """What is wrong with a database, what of it can be saved, and how to go on."""
    from musicrec_core.store.rescue import rescue

    away = f"move {path.name} and its -wal and -shm elsewhere"
    damaged = f"{path} is damaged ({damage}); "
    try:
        saved = rescue(path)
    except DamagedStoreError:
        return damaged + (
            f"nothing of it can be read. {away.capitalize()}, then put a copy of yours in its "
            "place, or `musicrec import` your last export and `musicrec scan FOLDER`"
        )
    every = len(saved.statements) + saved.lost
    return damaged + (
        f"{len(saved.statements)} of {every} pieces of feedback can be read: "
        f"`musicrec export --rescue -o saved.jsonl`, {away}, `musicrec import saved.jsonl`, "
        "`musicrec scan`"
    )


def _ears(context: Context) -> str:
    ears, warning = context.ears_in_use()
    if warning:
        raise ModelError(warning)
    return f"version {ears.version}"


def _taste(context: Context) -> str:
    _, info, warning = context.registry.current()
    if warning:
        raise ModelError(warning)
    return f"version {info.version} ({info.kind})"


def _model_files(context: Context) -> str:
    damaged = context.registry.damage()
    if damaged:
        raise ModelError("; ".join(damage.text for damage in damaged))
    return "no damage found"


def _decoders(_: Context) -> str:
    import av.codec

    wanted = {"flac", "mp3", "vorbis", "opus", "aac", "alac", "wmav2", "wavpack", "ape"}
    missing = sorted(wanted - set(av.codec.codecs_available))
    if missing:
        raise MusicRecError(f"PyAV cannot decode {', '.join(missing)}: reinstall av")
    return f"PyAV {av.__version__} decodes {len(wanted)} of {len(wanted)} common formats"


def _roots(context: Context) -> str:
    roots = context.store.roots.all()
    if not roots:
        raise MusicRecError("none scanned yet: musicrec scan FOLDER")
    away = [os.fsdecode(r.path) for r in roots if not os.path.isdir(r.path)]
    if away:
        raise MusicRecError(
            f"not there: {', '.join(away)}; mount the drive, nothing was forgotten, or let go of "
            "it with `musicrec prune --root DIR`"
        )
    return ", ".join(os.fsdecode(r.path) for r in roots)


def _service(spec: ServiceSpec, context: Context) -> str:
    if not paths.service_account(spec.name, context.home).exists():
        return f"off, nothing is sent: `musicrec {spec.name} login` turns it on"
    from musicrec_core.app.services import account  # nothing of it is loaded while it is off

    try:
        status = account.status(context, spec)
    except EnrichError as error:
        raise _BrokenError(str(error)) from error
    answered = account.check(context, spec)
    key = f"takes the key, kept in the {status.key_in}" if status.key_in else "answers"
    come = f"{status.artists[1]} artists known" if spec.answers else f"{status.listens} listens"
    return f"{answered} {key}; {come}"


def _player(_: Context) -> str:
    from musicrec_core.players import INSTALL_HINT, PLAYERS

    names = [spec.name for spec in PLAYERS if spec.find()]
    if not names:
        raise MusicRecError(INSTALL_HINT)
    return ", ".join(names)
