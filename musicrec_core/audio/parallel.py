"""Analyses many files at once, on this machine's cores or on a cluster, through joblib.

joblib deals the files out; a `WorkerPool` does each in a child process, so that a file that
crashes or hangs its decoder costs nothing but itself. joblib's own process pool would lose all its
workers and the files that they held.
"""

from __future__ import annotations

import functools
import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from musicrec_core.audio.limits import Limits
from musicrec_core.audio.worker_pool import WorkerPool
from musicrec_core.errors import MusicRecError
from musicrec_core.records import Attributes, Features

ANALYSE = "musicrec_core.audio.features:analyse"
FILES_A_WORKER = 64
"""Files dealt out together, for each worker: what a slow consumer can pile up in memory."""
CLUSTER_FILES = 1024
ASK_EVERY_S = 0.1
"""How often `cancelled` is asked while the files in work take their time."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What became of one file: features, or the reason why there are none."""

    key: int
    features: Features | None
    reason: str | None
    crashed: bool = False
    """The process died on it, which another try may survive: memory may have been short."""


def analyse_many(
    jobs_in: Iterable[tuple[int, str]],
    *,
    workers: int,
    time_limit_s: float = 60.0,
    analyse: str = ANALYSE,
    cluster: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Generator[Analysed, None, None]:
    """Outcomes of (key, path) pairs as they complete, one for each, in no particular order.

    `jobs_in` is read as needed, in the caller's thread. `analyse` is `module:function`, a function
    from a path to Features. A file whose process dies is tried once more while nothing else runs.
    Closing the generator, or Ctrl-C, ends the children at once; so does `cancelled`, which another
    thread asks, and then the outcomes end with those that were ready. With `cluster`, the address
    of a dask scheduler, its workers do the same work: they must see the files under the same paths.
    Raises MusicRecError where no child or no cluster can be reached.
    """
    pool = WorkerPool(analyse, Limits(time_limit_s))
    if cluster is None:
        deal, task = _local(workers), functools.partial(_analyse, pool)
        size = FILES_A_WORKER * max(1, workers)
    else:
        deal, size = _on_cluster(cluster), CLUSTER_FILES
        task = functools.partial(_analyse_on_cluster, analyse, time_limit_s)
    pairs = iter(jobs_in)
    try:
        with watched(pool, cancelled):
            while not pool.closed and (chunk := dict(islice(pairs, size))):
                yield from _outcomes(deal, task, chunk, pool)
    finally:
        pool.close()


@contextmanager
def watched(pool: WorkerPool, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Close the crew as soon as `cancelled` says so, however long its files take."""
    over = threading.Event()

    def watch() -> None:
        while cancelled is not None and not over.wait(ASK_EVERY_S):
            if cancelled():
                pool.close()
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()


Task = Callable[[int, str], Analysed]


def _outcomes(
    deal: Callable[[], Any], task: Task, chunk: dict[int, str], pool: WorkerPool
) -> Generator[Analysed, None, None]:
    from joblib import delayed

    crashed = []
    results = deal()(delayed(task)(key, path) for key, path in chunk.items())
    try:
        for outcome in results:
            if pool.closed:
                _drop(results)
                return
            if outcome.crashed:
                crashed.append(outcome.key)
            else:
                yield outcome
    except GeneratorExit:
        pool.close()  # first, so that joblib does not wait for files in work
        _drop(results)
        raise
    for key in crashed:
        outcome = _analyse(pool, key, chunk[key])
        if pool.closed:
            return
        yield outcome


def _drop(results: Any) -> None:
    with warnings.catch_warnings():  # joblib regrets results that nobody wanted any more
        warnings.simplefilter("ignore")
        results.close()


def _local(workers: int) -> Callable[[], Any]:
    from joblib import Parallel

    # Threads, since all that they do is wait for their child.
    return functools.partial(
        Parallel, workers, backend="threading", return_as="generator_unordered", batch_size=1,
        pre_dispatch="all",
    )  # fmt: skip


def reach(cluster: str) -> None:
    """Raise MusicRecError where this cluster cannot be used."""
    _on_cluster(cluster)


def _on_cluster(address: str) -> Callable[[], Any]:
    from joblib import Parallel, parallel_config

    try:
        with parallel_config(backend="dask", scheduler_host=address):
            parallel = Parallel(return_as="generator_unordered", pre_dispatch="all")
    except (ImportError, ValueError) as error:  # how joblib says that dask is not installed
        raise MusicRecError(
            "a cluster needs dask: install musicrec with its extra, `musicrec[cluster]`"
        ) from error
    except OSError as error:
        raise MusicRecError(f"no cluster answers at {address}: {error}") from error
    return lambda: parallel


def _analyse_on_cluster(analyse: str, time_limit_s: float, key: int, path: str) -> Analysed:
    return _analyse(_cluster_crew(analyse, time_limit_s), key, path)


@functools.cache
def _cluster_crew(analyse: str, time_limit_s: float) -> WorkerPool:
    """One crew a cluster worker; its children end with it."""
    return WorkerPool(analyse, Limits(time_limit_s))


def _analyse(pool: WorkerPool, key: int, path: str) -> Analysed:
    answer = pool.ask(path)
    return Analysed(key, _features(answer.result), answer.reason, answer.crashed)


def _features(raw: dict[str, Any] | None) -> Features | None:
    import numpy as np

    if raw is None:
        return None
    vector = np.asarray(raw["vector"], dtype=np.float32)
    attributes = Attributes(**raw["attributes"])
    return Features(raw["version"], vector, attributes, raw["length_s"])
