"""Enrich: ask music services about the library, the most useful first, and keep every answer.

It may end at any moment, by Ctrl-C too: each answer is kept as it comes, and the next run asks
only for what is missing or old.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.library import analyse
from musicrec_core.app.results import Cancelled, EnrichOptions, EnrichReport, OnProgress
from musicrec_core.app.services import account, history, queue
from musicrec_core.culture import matching
from musicrec_core.enrich.account import OffError
from musicrec_core.enrich.pacing import Clock, Pace, Stopped
from musicrec_core.enrich.problems import NoSuchUser, NotFound, NotOffered, Private, Problem
from musicrec_core.enrich.registry import MusicService, connect
from musicrec_core.errors import EnrichError
from musicrec_core.records import Progress
from musicrec_core.service_records import LASTFM, Answer, ServiceSpec

if TYPE_CHECKING:
    from musicrec_core.app.services.queue import Question
    from musicrec_core.enrich.account import Account

MOST_FAILURES_IN_A_ROW = 3  # then it is not the question but the server
TOUCH_EVERY_S = 300.0  # how soon a long run shows in recommendations made beside it


def enrich(
    context: Context,
    options: EnrichOptions,
    progress: OnProgress | None,
    cancelled: Cancelled | None,
    clock: Clock | None = None,
) -> EnrichReport:
    """See MusicRec.enrich."""
    started = time.monotonic()
    clock = clock or Clock()
    logins = [(spec, account.account(context, spec)) for spec in account.on(context)]
    if not logins:
        raise OffError(LASTFM)
    ends_s = clock.now_s() + options.limit_s if options.limit_s is not None else float("inf")
    told_to_stop = cancelled or (lambda: False)
    run = _Run(context, options, clock, progress or (lambda _: None))

    def stop() -> bool:
        return told_to_stop() or clock.now_s() >= ends_s

    requests = 0
    try:
        for spec, login in logins:
            with closing(connect(spec, login, Pace(clock, stop))) as service:
                try:
                    run.all(spec, login, service)
                finally:
                    requests += service.requests
    except Stopped:
        run.stopped = True
    finally:  # after Ctrl-C or an error too, what came counts
        run.touch()
    if not told_to_stop():
        analyse.prepare_scores(context, run.report)
    return run.summary(requests, time.monotonic() - started)


class _Run:
    """One run's counts, and how it goes about its questions."""

    def __init__(
        self, context: Context, options: EnrichOptions, clock: Clock, report: OnProgress
    ) -> None:
        self.report = report
        self.stopped = False
        self._context = context
        self._options = options
        self._clock = clock
        self._counts = Counter[str]()
        self._problems = Counter[str]()
        self._changed = False
        self._touched_s = clock.now_s()
        self._failures = 0

    def all(self, spec: ServiceSpec, login: Account, service: MusicService) -> None:
        """The user's history, then artists, albums and tracks."""
        user = login.users.get(self._context.profile)
        if not user and not self._options.subjects:
            raise EnrichError(f"whose listening? `musicrec {spec.name} login --user NAME` says it")
        reader = None
        if user and self._options.history:
            listener = f"{user}@{login.server.place}"
            reader = history.HistoryReader(
                self._context, spec.name, service, user, listener, self.report
            )
        if reader is not None and not self._history(reader, history.FEW_PAGES):
            reader = None
        if spec.answers:
            self._ask_all(login, service)
        if reader is not None and reader.is_behind():
            self._history(reader, None)

    def _ask_all(self, login: Account, service: MusicService) -> None:
        server, subjects = login.server.url, set(self._options.subjects)
        due = queue.question_queue(self._context, server, subjects, self._options.max_age_days)
        self._counts.update(cached=due.cached, left=len(due.wants))
        self._questions(service, due.wants, f"asking {login.server.name}")

    def _history(self, reader: history.HistoryReader, most_pages: int | None) -> bool:
        """Read and link the user's listening; False where it is not to be had."""
        try:
            reader.loved()
            reader.played(most_pages)
        except (Private, NoSuchUser, NotOffered) as problem:
            self._problems[str(problem)] += 1  # no reason to go without the rest
            return False
        finally:  # also when reading it was broken off
            plays, likes = history.link(self._context)
            self._counts.update(plays=plays, likes=likes)
        return True

    def _questions(self, service: MusicService, wants: list[Question], phase: str) -> None:
        lacking: set[tuple[str, str]] = set()
        for done, want in enumerate(wants):
            of, about = want.lookup.subject, want.lookup.topic
            self.report(Progress(phase, done, len(wants), f"{of} {about}: {want.artist}"))
            if (of, about) not in lacking:
                try:
                    self._keep(want, _answer(service, want))
                except NotOffered as problem:
                    lacking.add((of, about))
                    self._problems[f"{problem}: {of} {about}"] += 1
                except Problem as problem:
                    self._fail(problem)
            self._counts["left"] -= 1

    def _keep(self, want: Question, answer: Answer | None) -> None:
        now_s = self._context.now_s()
        self._changed |= self._context.store.enrichment.put(want.lookup, answer, at_s=now_s)
        self._counts["unknown" if answer is None else "answered"] += 1
        self._failures = 0
        if self._clock.now_s() - self._touched_s >= TOUCH_EVERY_S:
            self.touch()

    def _fail(self, problem: Problem) -> None:
        """One question failed; go on with the next unless that would fail too."""
        self._counts["failed"] += 1
        self._problems[str(problem)] += 1
        self._failures += 1
        if problem.ends or self._failures >= MOST_FAILURES_IN_A_ROW:
            raise problem

    def touch(self) -> None:
        """Let recommendations see what came."""
        if self._changed:
            self._context.store.counters.touch()
        self._changed, self._touched_s = False, self._clock.now_s()

    def summary(self, requests: int, seconds: float) -> EnrichReport:
        """The counts."""
        return EnrichReport(
            requested=requests,
            **{n: self._counts[n] for n in _COUNTED},
            problems=dict(self._problems),
            stopped=self.stopped,
            seconds=round(seconds, 3),
        )


_COUNTED = ("cached", "answered", "unknown", "failed", "left", "plays", "likes")


def _answer(service: MusicService, want: Question) -> Answer | None:
    """The first answer that speaks of what was asked; None where there is none."""
    subject, topic = want.lookup.subject, want.lookup.topic
    name = matching.plain_title(want.name)
    for artist in _spellings(want.artist):
        for exact in (False, True):
            # The service corrects names, now and then into another's: then ask without that.
            try:
                answer = service.ask(subject, topic, artist, name, exact=exact)
            except NotFound:
                break
            if _fits(answer, artist, name):
                return answer
    return None


def _spellings(artist: str) -> Iterator[str]:
    """The whole name without guests, then the first of several artists."""
    yield matching.main_artist(artist)
    first = matching.first_artist(artist)
    if first is not None:
        yield first


def _fits(answer: Answer, artist: str, name: str) -> bool:
    """Whether an answer speaks of what was asked; one that does not say is believed."""
    right_artist = not answer.artist or matching.same_artist(artist, answer.artist)
    return right_artist and (not name or not answer.name or matching.same_title(name, answer.name))
