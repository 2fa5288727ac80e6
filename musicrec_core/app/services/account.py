"""Last.fm on and off: the account, and whether the service takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.errors import EnrichError

if TYPE_CHECKING:
    from musicrec_core.enrich.account import Account

KEPT = "`musicrec doctor` tries it again"


@dataclass(frozen=True, slots=True)
class LastFmStatus:
    """Whether Last.fm is on, and what has come of it. Never holds the key."""

    on: bool
    server: str | None = None
    user: str | None = None
    key_in: str | None = None
    """`keyring` or `file`."""
    artists: tuple[int, int] = (0, 0)
    """How many were asked about, and of how many tags are known; likewise below."""
    albums: tuple[int, int] = (0, 0)
    tracks: tuple[int, int] = (0, 0)
    listens: int = 0
    warning: str | None = None


def login(context: Context, key: str | None, user: str | None, server: str | None) -> LastFmStatus:
    """Keep key, server and this profile's user name, which turns Last.fm on.

    What is None stays as it was. The key is tried first; only a key that is refused is not kept.
    """
    from musicrec_core.enrich import account as accounts
    from musicrec_core.enrich.problems import BadKey, Problem
    from musicrec_core.enrich.server import LASTFM, Server

    path = paths.lastfm_account(context.home)
    try:
        before = _present(context)
    except EnrichError:
        before = None  # damaged or locked away: it is entered anew
    at = Server.at(server) if server else before.server if before else Server.at(LASTFM)
    if key is None and (before is None or before.server != at):
        raise EnrichError("an API key is needed: https://www.last.fm/api/account/create gives one")
    account = before if key is None else None
    if account is None:
        assert key is not None
        account = accounts.Account(at, accounts.checked_key(key), before.users if before else {})
    if user is not None:
        account = account.with_user(context.profile, user.strip())
    warning = None
    try:
        check(context, account)
    except BadKey:
        raise
    except EnrichError as problem:
        reason = problem.sentence(KEPT) if isinstance(problem, Problem) else str(problem)
        warning = f"the key is kept, but could not be tried: {reason}"
    if at.is_open:
        warning = f"{at.place} is asked without encryption: others on the way can read the key"
    accounts.save(path, account)
    return status(context, warning)


def logout(context: Context, *, answers: bool) -> bool:
    """Forget the key, and all answers too if told so; False when Last.fm was off already."""
    from musicrec_core.enrich import account as accounts

    was_on = accounts.forget(paths.lastfm_account(context.home))
    if answers:
        with context.store.atomic():
            if context.store.enrichment.forget():
                context.store.counters.touch()
    return was_on


def status(context: Context, warning: str | None = None) -> LastFmStatus:
    """What is set and known, without any connection."""
    account = _present(context)
    count = context.store.enrichment.count
    return LastFmStatus(
        on=account is not None,
        server=account.server.url if account else None,
        user=account.users.get(context.profile) if account else None,
        key_in=("keyring" if account.in_keyring else "file") if account else None,
        artists=count("artist", "tags"),
        albums=count("album", "tags"),
        tracks=count("track", "tags"),
        listens=context.store.listens.count(context.profile),
        warning=warning,
    )


def account(context: Context) -> Account:
    """The account in use. Raises OffError while Last.fm is off."""
    from musicrec_core.enrich import account as accounts

    return accounts.load(paths.lastfm_account(context.home))


def check(context: Context, used: Account | None = None) -> str:
    """Ask one small thing; says who answered. Raises EnrichError by kind."""
    from contextlib import closing

    from musicrec_core.enrich.client import Client
    from musicrec_core.enrich.pacing import Pace
    from musicrec_core.enrich.service import MusicService

    used = used or account(context)
    with closing(Client(used.server, used.key, Pace(), patient=False)) as client:
        MusicService(client).check()
    return used.server.name


def _present(context: Context) -> Account | None:
    """The account, None while off. Raises EnrichError when it is damaged."""
    if not paths.lastfm_account(context.home).exists():
        return None  # nothing of Last.fm is imported while it is off
    return account(context)
