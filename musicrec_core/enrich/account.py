"""Whether a music service is on, at which server, with which key, and who is who there.

The key lies in the system's keyring where there is one, else in the account's file, which only
its owner can read. While there is no file, the service is off.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from musicrec_core.enrich.server import Server
from musicrec_core.errors import EnrichError
from musicrec_core.replacing import replace_file
from musicrec_core.service_records import LASTFM, ServiceSpec

KEYRING_SERVICE = "musicrec"
OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
LONGEST_KEY = 256


class OffError(EnrichError):
    """The user has not turned a service on."""

    kind = "no key"

    def __init__(self, spec: ServiceSpec) -> None:
        super().__init__(f"{spec.title} is off: turn it on with `musicrec {spec.name} login`")


@dataclass(frozen=True, slots=True)
class Account:
    """A server, the key to it ("" for none), and each profile's user name there."""

    server: Server
    key: str = field(repr=False)
    users: dict[str, str] = field(default_factory=dict)
    in_keyring: bool = False

    def with_user(self, profile: str, user: str) -> Account:
        """The same with a profile's name at the service; "" for none."""
        others = {p: u for p, u in self.users.items() if p != profile}
        return replace(self, users=others | ({profile: user} if user else {}))


def checked_key(text: str) -> str:
    """A key as typed, without blanks around it. Raises EnrichError when it cannot be one."""
    key = text.strip()
    if len(key) > LONGEST_KEY or not (key.isascii() and key.replace("-", "").isalnum()):
        raise EnrichError("a key is one line of letters and digits")
    return key


def load(path: Path, spec: ServiceSpec = LASTFM) -> Account:
    """The account in a file. Raises OffError when there is none, EnrichError when it is damaged."""
    try:
        if os.name == "posix" and path.stat().st_mode & ~OWNER_ONLY & 0o777:
            path.chmod(OWNER_ONLY)  # a copied home may have lost this
        document = json.loads(path.read_text("utf-8"))
        server = Server.at(document["server"], spec)
        users = {str(profile): str(user) for profile, user in document["users"].items()}
        key = document["key"]
    except FileNotFoundError:
        raise OffError(spec) from None
    except OSError as error:
        raise EnrichError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, EnrichError):
        # The text of these may hold what the file holds.
        raise EnrichError(
            f"{path} is damaged: enter the key anew, `musicrec {spec.name} login`"
        ) from None
    if key is not None:
        kept = str(key)
        return Account(server, checked_key(kept) if kept or spec.needs_key else "", users)
    key = _from_keyring(server)
    if key is None:
        raise EnrichError(
            f"the keyring gives no key: unlock it, or `musicrec {spec.name} login` again"
        )
    return Account(server, key, users, in_keyring=True)


def save(path: Path, account: Account) -> Account:
    """Keep an account, its key in the keyring if that takes it; returns it as it was kept."""
    in_keyring = bool(account.key) and _to_keyring(account.server, account.key)
    saved = replace(account, in_keyring=in_keyring)
    content = {
        "server": saved.server.url,
        "users": saved.users,
        "key": None if saved.in_keyring else saved.key,
    }
    _write(path, json.dumps(content, indent=1))
    return saved


def forget(path: Path, spec: ServiceSpec = LASTFM) -> bool:
    """Turn the service off and drop the key; False when it was off."""
    try:
        server = Server.at(json.loads(path.read_text("utf-8"))["server"], spec)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError, EnrichError):
        server = Server.at(spec.address, spec)  # a damaged file goes all the same
    keyring = _keyring()
    if keyring is not None:
        with suppress(Exception):  # a back end's own errors: there was nothing to drop
            keyring.delete_password(KEYRING_SERVICE, server.url)
    try:
        path.unlink()
    except OSError as error:
        raise EnrichError(f"cannot remove {path}: {error.strerror}") from None
    return True


def _write(path: Path, text: str) -> None:
    """In one step, and never readable by others."""
    try:
        replace_file(path, f"{text}\n".encode())
    except OSError as error:
        raise EnrichError(f"cannot write {path}: {error.strerror}") from None


def _keyring() -> Any:
    """The keyring module where it is installed, which is optional."""
    try:
        import keyring
    except ImportError:
        return None
    return keyring


def _from_keyring(server: Server) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        key = keyring.get_password(KEYRING_SERVICE, server.url)
    except Exception:  # noqa: BLE001 - back ends raise errors of their own: locked, no session bus
        return None
    return str(key) if key else None


def _to_keyring(server: Server, key: str) -> bool:
    """Whether the keyring took the key, and gives it back."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(KEYRING_SERVICE, server.url, key)
    except Exception:  # noqa: BLE001 - back ends raise errors of their own; the file takes it
        return False
    return _from_keyring(server) == key
