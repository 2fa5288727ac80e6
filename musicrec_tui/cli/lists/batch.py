"""recommend --batch: one request a line as JSON, one answer a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import click

from musicrec_core.app.lists.request import Dials, ListRequest, Mode, Order, SupposedRequest, Turn
from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import notice_text
from musicrec_tui.cli.lists.chips import chip_json

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import BatchAnswer

_OPINIONS = ("liked", "disliked")


def run(musicrec: MusicRec, file: Iterable[bytes], base: ListRequest) -> None:
    """Answer each line; one that cannot be read is answered with a note that says why."""
    lines = [_read(line, base) for line in file]
    good = [line for line in lines if isinstance(line, SupposedRequest)]
    answers = musicrec.lists.batch(good)
    for line in lines:
        if isinstance(line, SupposedRequest):
            click.echo(json.dumps(_answer(next(answers))))
        else:
            click.echo(json.dumps({"tracks": [], "chips": [], "notes": [line]}))


def _answer(answer: BatchAnswer) -> dict[str, object]:
    notes = [notice_text(notice) for notice in answer.notices]
    return {
        "tracks": [{"path": track.path, "score": score} for track, score in answer.tracks],
        "chips": [chip_json(chip) for chip in answer.chips],
        "notes": notes if answer.error is None else [*notes, answer.error],
    }


def _read(line: bytes, base: ListRequest) -> SupposedRequest | str:
    """The request of a line, or what is wrong with it."""
    text = line.decode("utf-8", "surrogateescape").strip()
    try:
        wish = json.loads(text) if text else {}
    except ValueError as error:
        return f"not JSON: {error}"
    if not isinstance(wish, dict):
        return "a request is a JSON object"
    try:
        return _supposed(wish, base)
    except MusicRecError as error:
        return str(error)


def _supposed(wish: Mapping[str, object], base: ListRequest) -> SupposedRequest:
    """Raises MusicRecError where a key or a value is none of a request's."""
    request, opinions = base, dict.fromkeys(_OPINIONS, ())
    for key, value in wish.items():
        reader = _READERS.get(key.replace("-", "_"))
        if key in _OPINIONS:
            opinions[key] = _texts(key, value)  # type: ignore[assignment]
        elif reader is None:
            raise MusicRecError(f"{key!r} is no key of a request")
        elif value is not None:
            request = reader(request, key, value)
    return SupposedRequest(request, **opinions)


def _text(request: ListRequest, key: str, value: object) -> ListRequest:
    if not isinstance(value, str):
        raise MusicRecError(f"{key!r} is a text")
    return replace(request, **{key: value or None})  # type: ignore[arg-type]


def _mode(request: ListRequest, key: str, value: object) -> ListRequest:
    if value not in get_args(Mode):
        raise MusicRecError(f"{key!r} is one of {', '.join(get_args(Mode))}")
    return replace(request, mode=value)  # type: ignore[arg-type]


def _order(request: ListRequest, key: str, value: object) -> ListRequest:
    if value not in get_args(Order):
        raise MusicRecError(f"{key!r} is one of {', '.join(get_args(Order))}")
    return replace(request, order=value)  # type: ignore[arg-type]


def _days(request: ListRequest, key: str, value: object) -> ListRequest:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3650:
        raise MusicRecError(f"{key!r} is a number of days from 0 to 3650")
    return replace(request, no_repeat_days=float(value))


def _any_time(request: ListRequest, key: str, value: object) -> ListRequest:
    if not isinstance(value, bool):
        raise MusicRecError(f"{key!r} is true or false")
    return replace(request, any_time=value)


def _seeds(request: ListRequest, key: str, value: object) -> ListRequest:
    return replace(request, seeds=_texts(key, value))


def _several(request: ListRequest, key: str, value: object) -> ListRequest:
    return replace(request, **{key: _texts(key, value)})  # type: ignore[arg-type]


def _cluster(request: ListRequest, key: str, value: object) -> ListRequest:
    among = tuple(f"cluster:{name}" for name in _texts(key, value))
    return replace(request, among=(*request.among, *among))


def _dial(request: ListRequest, key: str, value: object) -> ListRequest:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise MusicRecError(f"{key!r} is a number from 0 to 1")
    dials: Dials = replace(request.dials, **{key: float(value)})
    return replace(request, dials=dials)


def _count(request: ListRequest, key: str, value: object) -> ListRequest:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise MusicRecError(f"{key!r} is a whole number from 1")
    return replace(request, count=value)


def _talk(request: ListRequest, key: str, value: object) -> ListRequest:
    if not isinstance(value, list):
        raise MusicRecError(f"{key!r} is a list of turns")
    return replace(request, turns=tuple(_turns(value)))


def _turns(turns: Iterable[object]) -> Iterator[Turn]:
    for turn in turns:
        fields = turn if isinstance(turn, dict) else {}
        user, system = fields.get("user") or "", fields.get("system") or ""
        if not fields or not isinstance(user, str) or not isinstance(system, str):
            raise MusicRecError('a turn is an object with "user" and "system"')
        yield Turn(user, system)


def _texts(key: str, value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise MusicRecError(f"{key!r} is a list of texts")
    return tuple(texts)


_READERS: Mapping[str, Callable[[ListRequest, str, object], ListRequest]] = {
    "text": _text,
    "tag": _text,
    "history": _talk,
    "seeds": _several,
    "seed": _seeds,
    "unlike": _several,
    "cluster": _cluster,
    "mode": _mode,
    "order": _order,
    "no_repeat_days": _days,
    "any_time": _any_time,
    "popular": _dial,
    "explore": _dial,
    "familiar": _dial,
    "close": _dial,
    "diverse": _dial,
    "where": _text,
    "mood": _text,
    "activity": _text,
    "among": _several,
    "n": _count,
    "count": _count,
}
