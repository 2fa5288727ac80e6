"""One question to an OpenAI-compatible endpoint, on a leash: time, size, and no redirects.

https://platform.openai.com/docs/api-reference/chat: `POST {base}/chat/completions`.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from musicrec_core.llm.settings import LlmError, LlmSettings

MOST_BYTES = 64 * 1024
CHUNK_BYTES = 4096
MOST_TOKENS = 600


def ask(settings: LlmSettings, key: str | None, task: str, about: str) -> dict[str, Any]:
    """The JSON object that the model answers. Raises LlmError with the reason otherwise.

    task: what to do, ours. about: what it is about, which others may have written.
    """
    deadline_s = time.monotonic() + settings.timeout_s
    body = {
        "model": settings.model,
        "messages": [{"role": "system", "content": task}, {"role": "user", "content": about}],
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    try:
        content = _post(settings, key, json.dumps(body).encode(), deadline_s)
    except TimeoutError:
        raise LlmError(f"no answer within {settings.timeout_s:g} s") from None
    except (OSError, HTTPException) as error:
        raise LlmError(f"the endpoint does not answer ({type(error).__name__})") from None
    return _object(_message(content))


def _post(settings: LlmSettings, key: str | None, body: bytes, deadline_s: float) -> bytes:
    parts = urlsplit(settings.checked().url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_left_s(deadline_s))
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
        sock = connection.sock
        sock.settimeout(_left_s(deadline_s))
        response = connection.getresponse()
        if response.status != 200:  # a redirect, too: nothing is asked anywhere else
            raise LlmError(f"the endpoint answers with status {response.status}")
        return _read(response, sock, deadline_s)
    finally:
        connection.close()


def _read(response: HTTPResponse, sock: socket.socket, deadline_s: float) -> bytes:
    content = b""
    while True:
        if not response.isclosed():
            sock.settimeout(_left_s(deadline_s))
        piece = response.read1(CHUNK_BYTES)
        if not piece:
            return content
        content += piece
        if len(content) > MOST_BYTES:
            raise LlmError("the answer is too long")


def _left_s(deadline_s: float) -> float:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


def _message(content: bytes) -> str:
    try:
        return str(_typed(json.loads(content)["choices"][0]["message"]["content"], str))
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise LlmError("the endpoint answers with something else than a message") from None


def _object(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
        return dict(_typed(answer, Mapping))
    except (ValueError, TypeError, RecursionError):
        raise LlmError("the model answers with something else than a JSON object") from None


def _typed(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value
