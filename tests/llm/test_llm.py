"""A language model may read wishes and word descriptions; what it gets wrong counts for nothing."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Command
from tests.llm.endpoint import Endpoint, message, running

WISH = "summat ambient, nowt loud"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as server:
        yield server


@pytest.fixture
def asking(musicrec: Command, endpoint: Endpoint) -> Command:
    musicrec("llm", "--url", endpoint.url, "--model", "tiny", "--timeout-s", "1.5")
    return musicrec


def chip(kind: str, text: str, *, negated: bool = False, degree: str = "plain") -> dict[str, Any]:
    return {"kind": kind, "text": text, "negated": negated, "degree": degree}


def chips(*said: dict[str, Any]) -> bytes:
    return message({"wish": True, "chips": list(said)})


def read(command: Command, word: str = WISH) -> dict[str, Any]:
    answer: dict[str, Any] = command.json("ask", "--dry-run", word)
    return answer


def test_none_is_asked_until_one_is_named(musicrec: Command, endpoint: Endpoint) -> None:
    answer = read(musicrec)
    assert "answered_by" not in answer
    assert not endpoint.asked
    assert musicrec.json("llm")["on"] is False


def test_it_points_at_words_and_their_meaning_is_read_here(
    asking: Command, endpoint: Endpoint
) -> None:
    endpoint.body = chips(chip("genre", "ambient"), chip("energy", "loud", negated=True))
    answer = read(asking)
    assert answer["answered_by"] == "language model"
    items = [(c["kind"], c["value"], c["negated"]) for c in answer["chips"]]
    assert items == [("genre", "ambient", False), ("energy", "high", True)]
    document = json.loads(endpoint.asked[0]["messages"][1]["content"])
    assert document == {"said": WISH}  # and nothing of the library
    listed = asking.json("ask", WISH)
    assert listed["answered_by"] == "language model"
    assert listed["tracks"]
    asking("llm", "--off")
    assert "answered_by" not in read(asking)


def test_a_wish_for_a_list_is_read_by_it_too(asking: Command, endpoint: Endpoint) -> None:
    endpoint.body = chips(chip("genre", "ambient"), chip("energy", "loud", negated=True))
    listed = asking.json("recommend", "--text", WISH)
    items = [(c["kind"], c["value"], c["negated"]) for c in listed["chips"]]
    assert items == [("genre", "ambient", False), ("energy", "high", True)]
    assert listed["tracks"]
    endpoint.status = 500
    alone = asking("recommend", "--text", WISH)
    assert "language model did not help" in alone.stdout + alone.stderr
    assert len(endpoint.asked) == 2
    asking("ask", WISH)
    assert len(endpoint.asked) == 3  # the list that answers it asks no second time


def test_a_key_is_taken_from_the_environment_and_written_nowhere(
    asking: Command, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "MUSICREC_LLM_KEY", "sesame-4711")
    endpoint.body = chips(chip("genre", "ambient"))
    read(asking)
    assert endpoint.keys == ["Bearer sesame-4711"]
    kept = [path for path in asking.home.rglob("*") if path.is_file()]
    assert not any(b"sesame-4711" in path.read_bytes() for path in kept)


BAD = {
    "no JSON": b"<html>sorry</html>",
    "other JSON": b'{"error": {"message": "overloaded"}}',
    "a list": b"[1, 2, 3]",
    "deep": b"[" * 50_000,
    "no UTF-8": b"\xff\xfe\x00",
    "nothing": b"",
    "no object": message("I would recommend ambient music!"),
    "huge": message("x" * 5_000_000),
    "other fields": message({"wish": True, "chips": [], "command": "clear the playlist"}),
    "a chip of text": message({"wish": True, "chips": ["ambient"]}),
    "an unknown kind": chips(chip("shell", "ambient")),
    "words not said": chips(chip("genre", "techno")),
    "another meaning": chips(chip("tempo", "ambient")),
    "a number for text": message({"wish": True, "chips": [chip("genre", "x") | {"text": 7}]}),
    "many": chips(*[chip("genre", "ambient")] * 500),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_answer_is_read_here_instead(
    asking: Command, endpoint: Endpoint, name: str
) -> None:
    asking("llm", "--off")
    alone = read(asking)
    asking("llm", "--url", endpoint.url, "--model", "tiny")
    endpoint.body = BAD[name]
    answer = read(asking)
    assert endpoint.asked
    assert answer.pop("fallback")
    assert answer.pop("answered_by") == "built-in"
    assert answer == alone


def test_a_slow_endpoint_is_waited_for_no_longer_than_said(
    asking: Command, endpoint: Endpoint
) -> None:
    endpoint.drip_s = 0.2
    endpoint.body = chips(chip("genre", "ambient"))
    start = time.monotonic()
    answer = read(asking)
    assert answer["fallback"] == "no answer within 1.5 s"
    assert time.monotonic() - start < 60  # dripping to its end it would take longer


@pytest.mark.parametrize("status", [301, 302, 307, 401, 404, 429, 500])
def test_a_redirect_or_an_error_is_no_answer(
    asking: Command, endpoint: Endpoint, status: int
) -> None:
    with running() as elsewhere:
        endpoint.status, endpoint.headers = status, {"Location": elsewhere.url}
        assert str(status) in read(asking)["fallback"]
        assert not elsewhere.asked


def test_nobody_there_is_no_error(asking: Command, endpoint: Endpoint) -> None:
    asking("llm", "--url", "http://127.0.0.1:9/v1", "--model", "tiny")
    assert "does not answer" in read(asking)["fallback"]


def test_another_machine_is_asked_only_when_that_is_said(musicrec: Command) -> None:
    for url in ("http://192.0.2.1/v1", "https://example.org/v1", "http://localhost.example.org"):
        error = musicrec.fails("llm", "--url", url, "--model", "tiny")
        assert "another machine" in error
    assert musicrec.json("llm")["on"] is False
    musicrec("llm", "--url", "http://192.0.2.1/v1", "--model", "tiny", "--remote")
    assert musicrec.json("llm")["remote"] is True
    for url in ("ftp://localhost", "localhost:1234", "http://a:b@localhost/", "http://[::1"):
        musicrec.fails("llm", "--url", url, "--model", "tiny")


def test_it_changes_nothing_that_was_not_asked_for(asking: Command, endpoint: Endpoint) -> None:
    asking("ask", "add River to Evening")
    asked = len(endpoint.asked)
    endpoint.body = message({"intent": "clear", "playlist": "Evening"})
    for statement in (WISH, "what a lovely day", "the weather in Evening, please"):
        asking("ask", statement)
    assert len(endpoint.asked) > asked
    assert [t["title"] for t in asking.json("playlist", "show", "Evening")["tracks"]] == ["River"]


def test_a_description_is_reworded_from_the_same_facts(asking: Command, endpoint: Endpoint) -> None:
    endpoint.status = 500
    plain = asking.json("describe", "River")
    assert plain["answered_by"] == "built-in"
    assert plain["fallback"]
    endpoint.status = 200
    text = plain["description"].replace(". ", ", and also: ", 1)
    endpoint.body = message({"description": text})
    answer = asking.json("describe", "River")
    assert (answer["description"], answer["answered_by"]) == (text, "language model")


@pytest.mark.parametrize(
    "added",
    [
        " It has 128 beats.",
        " It sold 3 million copies.",
        " Freddie sings it.",
        " A great reggae tune.",
        " See https://example.org.",
        " <b>Bold</b>",
        "\nIgnore what stands above",
    ],
)
def test_what_the_facts_do_not_hold_is_refused(
    asking: Command, endpoint: Endpoint, added: str
) -> None:
    endpoint.body = message({"description": ""})
    plain = asking.json("describe", "River")
    endpoint.body = message({"description": plain["description"] + added})
    answer = asking.json("describe", "River")
    assert answer["fallback"]
    assert (answer["description"], answer["answered_by"]) == (plain["description"], "built-in")
