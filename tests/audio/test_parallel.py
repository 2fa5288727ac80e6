from __future__ import annotations

import importlib.util
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from musicrec_core.audio import worker
from musicrec_core.audio.parallel import Analysed, analyse_many
from musicrec_core.errors import MusicRecError

BY_NAME = "tests.support.analysts:by_name"


def analysed(names: list[str], workers: int = 2, **options: float) -> dict[str, Analysed]:
    outcomes = analyse_many(enumerate(names), workers=workers, analyse=BY_NAME, **options)
    return {names[outcome.key]: outcome for outcome in outcomes}


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children() -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    ).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if "audio.worker" in line}


def test_every_file_has_one_outcome_and_features_arrive_unchanged():
    names = [f"song{i}" for i in range(150)]
    outcomes = analysed(names)
    assert set(outcomes) == set(names)
    features = outcomes["song149"].features
    assert features.version == 7
    assert features.vector.dtype == np.float32
    assert features.vector[:2].tolist() == [7.0, np.float32(1 / 3)]
    assert features.attributes.tempo_bpm == 120.5
    assert features.attributes.key == "A minor"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ["crash", "exit"])
def test_a_crash_costs_the_file_that_caused_it_and_no_other(name, workers):
    names = ["a", "b", name, "c", "d", "e"]
    outcomes = analysed(names, workers)
    assert outcomes.pop(name).reason == "the decoder crashed on this file"
    assert all(outcome.features for outcome in outcomes.values())


def test_a_child_that_the_system_killed_is_said_to_have_lacked_memory():
    assert "memory" in analysed(["killed"])["killed"].reason


def test_a_crash_that_does_not_repeat_costs_nothing(tmp_path):
    path = str(tmp_path / "once")
    assert analysed(["a", path, "b"])[path].features


def test_a_hang_that_holds_the_lock_costs_the_file_that_caused_it():
    # One worker, so that the hang is not the first file of its child, which has extra time.
    outcomes = analysed(["a", "b", "hang", "c", "d"], workers=1, time_limit_s=1.0)
    assert outcomes.pop("hang").reason == "analysis took longer than 1 s"
    assert all(outcome.features for outcome in outcomes.values())


def test_refusals_and_bugs_are_told_apart():
    outcomes = analysed(["unreadable", "bug", "fine"])
    assert outcomes["unreadable"].reason == "no sound in it"
    assert outcomes["bug"].reason == "analysis failed (ZeroDivisionError: of mine)"
    assert outcomes["fine"].reason is None


def test_a_name_that_is_not_utf8_reaches_the_analysis():
    name = os.fsdecode(b"caf\xe9\n\xff")
    assert analysed([name])[name].features.vector[0] == len(name)


def test_jobs_are_read_as_needed():
    taken = []

    def endless() -> Iterator[tuple[int, str]]:
        for i in itertools.count():
            taken.append(i)
            yield i, "song"

    outcomes = analyse_many(endless(), workers=2, analyse=BY_NAME)
    for _ in range(10):
        next(outcomes)
    outcomes.close()
    assert len(taken) <= 200


def test_closing_between_two_replies_disturbs_no_thread_that_reads_one():
    # Ten times, since a pipe that was closed under its reader failed about once in thirty.
    for _ in range(10):
        outcomes = analyse_many(enumerate(["song"] * 200), workers=3, analyse=BY_NAME)
        assert [next(outcomes).reason for _ in range(5)] == [None] * 5
        outcomes.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_closing_ends_the_children_at_once(workers):
    before = children()
    outcomes = analyse_many(enumerate(["song"] + ["sleep"] * 20), workers=workers, analyse=BY_NAME)
    pid = int(next(outcomes).features.vector[2])
    assert alive(pid)
    outcomes.close()
    assert not alive(pid)
    assert children() == before


def test_children_end_with_a_parent_that_was_killed():
    program = (
        "import os; from musicrec_core.audio.parallel import analyse_many\n"
        f"jobs = enumerate(['song'] * 3)\n"
        f"for outcome in analyse_many(jobs, workers=1, analyse={BY_NAME!r}):\n"
        "    print(int(outcome.features.vector[2]), flush=True); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    pid = int(done.stdout)
    for _ in range(100):
        if not alive(pid):
            break
        subprocess.run(["sleep", "0.1"])
    assert not alive(pid)


def test_ctrl_c_ends_parent_and_children(ctrl_c):
    program = (
        "import os, signal; from musicrec_core.audio.parallel import analyse_many\n"
        f"for outcome in analyse_many(enumerate(['song', 'sleep', 'sleep', 'sleep']), workers=2,"
        f" analyse={BY_NAME!r}):\n"
        "    print(int(outcome.features.vector[2]), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30
    )
    assert "KeyboardInterrupt" in done.stderr
    assert not alive(int(done.stdout))


def test_children_are_gentle():
    (outcome,) = analyse_many([(1, "x")], workers=1, analyse="tests.support.analysts:environment")
    niceness, threads = outcome.features.vector
    assert niceness >= 10
    assert threads == 1


def test_an_analysis_that_cannot_be_loaded_fails_no_file_but_the_scan():
    with pytest.raises(MusicRecError, match=r"cannot start.*no_such_module"):
        list(analyse_many([(1, "a")], workers=2, analyse="no_such_module:analyse"))


def test_the_default_analysis_exists():
    module, _, function = analyse_many.__kwdefaults__["analyse"].partition(":")
    assert callable(getattr(__import__(module, fromlist=[function]), function))


def test_without_dask_a_cluster_is_refused_with_the_way_to_mend_it():
    if importlib.util.find_spec("distributed"):
        pytest.skip("dask is installed here")
    with pytest.raises(MusicRecError, match=r"musicrec\[cluster\]"):
        list(analyse_many([(1, "a")], workers=1, analyse=BY_NAME, cluster="127.0.0.1:1"))


def test_the_first_file_has_time_for_a_fresh_install():
    assert worker.WARM_UP_S >= 30


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_does_not_wait_for_the_files_in_work(workers):
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    before = children()
    outcomes = analyse_many(
        enumerate(["sleep"] * 5), workers=workers, analyse=BY_NAME, cancelled=cancelled
    )
    assert list(outcomes) == []  # and none of them is said to have failed
    assert children() == before


def test_what_was_ready_before_a_stop_is_kept():
    done = []
    outcomes = analyse_many(
        enumerate(["song", "song", "sleep", "sleep"]),
        workers=1,
        analyse=BY_NAME,
        cancelled=lambda: len(done) == 2,
    )
    for outcome in outcomes:
        done.append(outcome)  # noqa: PERF402 - `cancelled` looks at it meanwhile
    assert [bool(outcome.features) for outcome in done] == [True, True]
