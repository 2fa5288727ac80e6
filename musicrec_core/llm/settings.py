"""Where the language model is. While there is no file, there is none, and nothing is asked.

The key, where one is needed, comes from MUSICREC_LLM_KEY, else from the system's keyring, where
`keyring set musicrec URL` puts it; it is never written to a file of ours.
"""

from __future__ import annotations

import ipaddress
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from musicrec_core.errors import MusicRecError
from musicrec_core.replacing import replace_file

KEY_VARIABLE = "MUSICREC_LLM_KEY"
SERVICE = "musicrec"
TIMEOUT_S = 8.0


class LlmError(MusicRecError):
    """The language model cannot be used, or did not answer as it must."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Where it is, and for how long it is waited for.

    url: the base of the endpoint, such as http://localhost:11434/v1. remote: whether it may be on
    another machine. timeout_s: for a whole answer.
    """

    url: str
    model: str
    remote: bool = False
    timeout_s: float = TIMEOUT_S

    @property
    def is_local(self) -> bool:
        """Whether what is asked stays on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def checked(self) -> LlmSettings:
        """The same. Raises LlmError for what cannot be an endpoint, or must not be asked."""
        try:
            parts = urlsplit(self.url)
            port_is_right = parts.port is None or parts.port > 0
        except ValueError:
            raise LlmError(f"{self.url!r} is no address of an endpoint") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
            raise LlmError(f"{self.url!r} is no address such as http://localhost:11434/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise LlmError("the address may hold no name, key or question")
        if not self.model.strip() or not 0 < self.timeout_s <= 120:
            raise LlmError("name the model, and a time limit of up to 120 seconds")
        if not (self.is_local or self.remote):
            raise LlmError(
                f"{parts.hostname} is another machine: what you say would be sent there; "
                "--remote allows it"
            )
        return self


def load(path: Path) -> LlmSettings | None:
    """The settings, None where there are none. Raises LlmError when they are damaged."""
    try:
        content = json.loads(path.read_text("utf-8"))
        settings = LlmSettings(
            str(content["url"]), str(content["model"]), content["remote"] is True,
            float(content["timeout_s"]),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise LlmError(f"{path} is damaged: `musicrec llm --off`, then turn it on anew") from None
    return settings.checked()


def save(path: Path, settings: LlmSettings) -> None:
    """Keep them, which turns the language model on."""
    try:
        replace_file(path, (json.dumps(asdict(settings.checked()), indent=1) + "\n").encode())
    except OSError as error:
        raise LlmError(f"cannot write {path}: {error.strerror}") from None


def forget(path: Path) -> bool:
    """Turn it off; False where it was off."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LlmError(f"cannot remove {path}: {error.strerror}") from None
    return True


def key_of(settings: LlmSettings) -> str | None:
    """The key to the endpoint, None where there is none."""
    given = os.environ.get(KEY_VARIABLE, "").strip()
    if given:
        return given
    try:
        import keyring
    except ImportError:
        return None
    try:
        key = keyring.get_password(SERVICE, settings.url)
    except Exception:  # noqa: BLE001 - back ends raise errors of their own: locked, no session bus
        return None
    return str(key) if key else None
