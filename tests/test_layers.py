"""The folders are the architecture: imports go one way, and the quick commands stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import Command

ROOT = Path(__file__).parent.parent
MIDDLE = (
    "library",
    "store",
    "audio",
    "culture",
    "enrich",
    "recommender",
    "language",
    "players",
    "llm",
    "songs",
    "demo",
)
FLOOR = (
    "errors",
    "feedback_kinds",
    "folding",
    "late_pattern",
    "names",
    "ordered",
    "paths",
    "records",
    "replacing",
    "model_records",
    "service_records",
    "text",
    "times",
)
# What a front end may know of `app`: the way in, what comes out, what is asked.
FACE = (
    "app.facade",
    "app.results",
    "app.notices",
    "app.lists.request",
    "app.playback.listened",
    "app.playback.queue",
)
HEAVY = ("torch", "librosa", "sklearn", "scipy", "numba", "pylast")

# Which files may import a library at all, anywhere in them.
HOMES = {
    "torch": (
        "musicrec_core/recommender/taste/network.py",
        "musicrec_core/recommender/taste/training.py",
    ),
    "sqlite3": ("musicrec_core/store/",),
    "sqlite_utils": ("musicrec_core/store/",),
    "librosa": ("musicrec_core/audio/", "musicrec_core/recommender/"),
    "numba": ("musicrec_core/audio/", "musicrec_core/recommender/"),
    "scipy": ("musicrec_core/audio/", "musicrec_core/recommender/"),
    "sklearn": ("musicrec_core/audio/", "musicrec_core/recommender/"),
    "av": ("musicrec_core/audio/", "musicrec_core/demo/", "musicrec_core/app/health/"),
    "mutagen": ("musicrec_core/library/", "musicrec_core/demo/"),
    "pylast": ("musicrec_core/enrich/",),
    "mpd": ("musicrec_core/players/",),
    "platformdirs": ("musicrec_core/paths.py",),
    "joblib": ("musicrec_core/audio/parallel.py", "musicrec_core/app/"),
    "keyring": ("musicrec_core/enrich/", "musicrec_core/llm/"),
    "textual": ("musicrec_tui/",),
    "click": ("musicrec_tui/cli/",),
    "beets": ("plugins/beets/beetsplug/",),
}


def sources() -> list[Path]:
    return [
        path
        for folder in ("musicrec_core", "musicrec_tui", "plugins")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


@cache
def imported(path: Path) -> set[str]:
    """The dotted names of all modules a file imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[2:] if parts[0] == "plugins" else parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """The dotted names that are imported when a module is: not by its functions, nor for types."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield node.module
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from imported_at_once(node.orelse)
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            inner = [*node.body, *getattr(node, "orelse", ()), *getattr(node, "finalbody", ())]
            yield from imported_at_once(inner)


def needs_by_module() -> dict[str, set[str]]:
    """What of ours each of our modules imports at once."""
    module_by_path = {path: module_of(path) for path in sources()}
    ours = set(module_by_path.values())
    return {
        module: {
            name
            for name in imported_at_once(ast.parse(path.read_text(encoding="utf-8")).body)
            # A module that needs its own package is no circle: the package is there by then.
            if name in ours and not f"{module}.".startswith(f"{name}.")
        }
        for path, module in module_by_path.items()
    }


def hold_no_circle(needs: dict[str, set[str]]) -> None:
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as circle:
        pytest.fail(" needs ".join(reversed(circle.args[1])))
    assert set(order) >= set(needs)


def test_no_module_imports_itself_through_others() -> None:
    needs = needs_by_module()
    assert len(needs) > 100
    hold_no_circle(needs)


def test_folders_that_lie_side_by_side_need_each_other_one_way_only() -> None:
    needs: dict[str, set[str]] = {}
    for module, names in needs_by_module().items():
        for name in names:
            own, other = apart(module.split("."), name.split("."))
            if own != other and is_folder(own) and is_folder(other):
                needs.setdefault(".".join(own), set()).add(".".join(other))
    assert len(needs) > 20
    hold_no_circle(needs)


def apart(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Two dotted names up to the first part in which they differ."""
    depth = 1 + sum(one[:n] == other[:n] for n in range(1, len(one)))
    return one[:depth], other[:depth]


def is_folder(parts: list[str]) -> bool:
    return ROOT.joinpath(*parts).is_dir()


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_a_file_imports_only_from_its_own_package_or_below(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    ours = {n for n in imported(path) if n.startswith(("musicrec_core.", "musicrec_tui"))}
    if parts[0] != "musicrec_core":
        allowed = tuple(f"musicrec_core.{m}" for m in (*FACE, "demo", *FLOOR))
        if parts[0] == "musicrec_tui":  # the screens drive the player
            allowed += ("musicrec_core.players", "musicrec_tui")
    elif parts[1] == "app":
        allowed = tuple(f"musicrec_core.{m}" for m in ("app", *MIDDLE, *FLOOR))
    elif parts[1] in MIDDLE:
        allowed = tuple(f"musicrec_core.{m}" for m in (parts[1], *FLOOR))
    else:
        allowed = tuple(f"musicrec_core.{m}" for m in FLOOR)
    allowed += ("musicrec_core.__version__",)
    wrong = {n for n in ours if not any(n == a or n.startswith(f"{a}.") for a in allowed)}
    assert not wrong


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    where = relative(path)
    by_key = {name.split(".")[0] for name in imported(path)} & set(HOMES)
    wrong = {name for name in by_key if not where.startswith(HOMES[name])}
    assert not wrong


def offered() -> set[tuple[str, str]]:
    """(module, name) of what docs/architecture.md lists as the recommender's public surface."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition("## What `app` uses of the recommender")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
    return {
        (module.strip(" `"), name)
        for module, names in rows
        for name in names.replace("`", " ").split()
    }


def test_app_uses_of_the_recommender_what_the_architecture_lists_and_nothing_else() -> None:
    below = "musicrec_core.recommender."
    used = {
        (f"{node.module}.".removeprefix(below).rstrip("."), alias.name)
        for path in sorted((ROOT / "musicrec_core" / "app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(below)
        for alias in node.names
    }
    assert used, "nothing was found to compare"
    # Change the table with the imports: whoever reads one may rely on the other.
    assert sorted(used - offered()) == [], "used by app, not listed in docs/architecture.md"
    assert sorted(offered() - used) == [], "listed in docs/architecture.md, not used by app"


def test_plugins_of_beets_share_a_namespace_that_no_file_closes() -> None:
    assert not (ROOT / "plugins/beets/beetsplug/__init__.py").exists()


@pytest.mark.parametrize(
    ("arguments", "kept_out"),
    [
        (["--help"], (*HEAVY, "numpy", "sqlite3")),
        (["status"], (*HEAVY, "numpy", "sqlite_utils")),
        (["recommend"], HEAVY),
    ],
    ids=lambda values: values[0],
)
def test_a_quick_command_imports_nothing_heavy(
    arguments: list[str], kept_out: tuple[str, ...], musicrec: Command
) -> None:
    script = (
        "import sys\n"
        "from musicrec_tui.cli import cli\n"
        f"try: cli({arguments!r})\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        f"heavy = sorted(set({kept_out!r}) & set(sys.modules))\n"
        "sys.stderr.write('HEAVY ' + ' '.join(heavy))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"MUSICREC_HOME": str(musicrec.home), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr.rpartition("HEAVY ")[2] == ""
