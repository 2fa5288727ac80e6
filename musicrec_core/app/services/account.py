"""Music services on and off: the account at each, and whether the service takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.errors import EnrichError
from musicrec_core.service_records import SERVICES, ServiceSpec

if TYPE_CHECKING:
    from musicrec_core.enrich.account import Account
    from musicrec_core.service_records import Subject

KEPT = "`musicrec doctor` tries it again"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """Whether a music service is on, and what has come of it. Never holds the key."""

    on: bool
    server: str | None = None
    user: str | None = None
    key_in: str | None = None
    """`keyring` or `file`; None where there is no key."""
    artists: tuple[int, int] = (0, 0)
    """How many were asked about, and of how many tags are known; likewise below."""
    albums: tuple[int, int] = (0, 0)
    tracks: tuple[int, int] = (0, 0)
    listens: int = 0
    warning: str | None = None


def login(
    context: Context, spec: ServiceSpec, key: str | None, user: str | None, server: str | None
) -> ServiceStatus:
    """Keep key, server and this profile's user name, which turns the service on.

    What is None stays as it was. The key is tried first; only a key that is refused is not kept.
    """
    from musicrec_core.enrich import account as accounts
    from musicrec_core.enrich.problems import BadKey, NoSuchUser, Problem

    account = _changed(context, spec, key, server)
    if user is not None:
        account = account.with_user(context.profile, user.strip())
    if not spec.answers and context.profile not in account.users:
        raise EnrichError(f"whose listening? `musicrec {spec.name} login --user NAME` says it")
    warning = None
    try:
        check(context, spec, account)
    except BadKey:
        raise
    except EnrichError as problem:
        if isinstance(problem, NoSuchUser) and not spec.answers:
            raise  # the user is all that it is asked about
        reason = problem.sentence(KEPT) if isinstance(problem, Problem) else str(problem)
        what = "key" if account.key else "account"
        warning = f"the {what} is kept, but could not be tried: {reason}"
    if account.server.is_open and account.key:
        place = account.server.place
        warning = f"{place} is asked without encryption: others on the way can read the key"
    accounts.save(paths.service_account(spec.name, context.home), account)
    return status(context, spec, warning)


def _changed(context: Context, spec: ServiceSpec, key: str | None, server: str | None) -> Account:
    """The account there is, with what is not None in place of what was."""
    from musicrec_core.enrich import account as accounts
    from musicrec_core.enrich.server import Server

    try:
        before = _present(context, spec)
    except EnrichError:
        before = None  # damaged or locked away: it is entered anew
    at = Server.at(server or (before.server.url if before else spec.address), spec)
    if key is None and before is not None and before.server == at:
        return before
    if key is None and spec.needs_key:
        raise EnrichError(f"an {spec.key} is needed: {spec.key_page} gives one")
    checked = "" if key is None else accounts.checked_key(key)
    return accounts.Account(at, checked, before.users if before else {})


def logout(context: Context, spec: ServiceSpec, *, answers: bool) -> bool:
    """Forget the key, and all answers too if told so; False when the service was off already."""
    from musicrec_core.enrich import account as accounts

    was_on = accounts.forget(paths.service_account(spec.name, context.home), spec)
    if answers and spec.answers:
        with context.store.atomic():
            if context.store.enrichment.forget():
                context.store.counters.touch()
    return was_on


def status(context: Context, spec: ServiceSpec, warning: str | None = None) -> ServiceStatus:
    """What is set and known, without any connection."""
    account = _present(context, spec)

    def count(subject: Subject) -> tuple[int, int]:
        return context.store.enrichment.count(subject, "tags") if spec.answers else (0, 0)

    return ServiceStatus(
        on=account is not None,
        server=account.server.url if account else None,
        user=account.users.get(context.profile) if account else None,
        key_in=("keyring" if account.in_keyring else "file") if account and account.key else None,
        artists=count("artist"),
        albums=count("album"),
        tracks=count("track"),
        listens=context.store.listens.count(context.profile, spec.name),
        warning=warning,
    )


def on(context: Context) -> tuple[ServiceSpec, ...]:
    """The services that are turned on."""
    return tuple(s for s in SERVICES if paths.service_account(s.name, context.home).exists())


def account(context: Context, spec: ServiceSpec) -> Account:
    """The account in use. Raises OffError while the service is off."""
    from musicrec_core.enrich import account as accounts

    return accounts.load(paths.service_account(spec.name, context.home), spec)


def check(context: Context, spec: ServiceSpec, used: Account | None = None) -> str:
    """Ask one small thing; says who answered. Raises EnrichError by kind."""
    from contextlib import closing

    from musicrec_core.enrich.pacing import Pace
    from musicrec_core.enrich.registry import connect

    used = used or account(context, spec)
    with closing(connect(spec, used, Pace(), patient=False)) as service:
        service.check(used.users.get(context.profile))
    return used.server.name


def _present(context: Context, spec: ServiceSpec) -> Account | None:
    """The account, None while off. Raises EnrichError when it is damaged."""
    if not paths.service_account(spec.name, context.home).exists():
        return None  # nothing of the service is imported while it is off
    return account(context, spec)
