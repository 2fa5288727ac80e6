"""Whichever module is imported first, every import finds what it names: no circles."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
Imports = Mapping[str, list[tuple[str, str | None]]]
"""By module, what its import runs: modules, or (module, name) where a name is taken from one."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_on_import(body: list[ast.stmt]) -> Iterator[tuple[str, str | None]]:
    """The imports of a module's own level, in their order; not those for type checkers."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from run_on_import(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
            yield from run_on_import(inner)


def project() -> Imports:
    return {
        module_name(path): list(run_on_import(ast.parse(path.read_text(encoding="utf-8")).body))
        for folder in ("musicrec_core", "musicrec_tui")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


class Loading:
    """One interpreter's imports, followed through the sources."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self.begun: dict[str, bool] = {}
        """By module, whether it is complete."""

    def load(self, name: str) -> None:
        if name not in self.imports or name in self.begun:
            return
        self.load(name.rpartition(".")[0])  # packages first, which may load the module themselves
        if name in self.begun:
            return
        self.begun[name] = False
        for module, taken in self.imports[name]:
            self.load(module)
            source = f"{module}.{taken}" if f"{module}.{taken}" in self.imports else module
            self.load(source)
            assert self.begun.get(source, True), f"{name} needs {source}, which is being imported"
        self.begun[name] = True


@pytest.fixture(scope="module")
def imports() -> Imports:
    return project()


def test_any_module_can_be_the_first(imports: Imports) -> None:
    assert len(imports) > 100
    for name in imports:
        Loading(imports).load(name)


def test_a_circle_is_found() -> None:
    circle = {"a": [("b", "x")], "b": [("c", None)], "c": [("a", "y")]}
    with pytest.raises(AssertionError, match="c needs a"):
        Loading(circle).load("a")


def test_a_package_may_take_names_from_its_modules_which_import_each_other() -> None:
    package = {"p": [("p.one", "x")], "p.one": [("p", "two")], "p.two": []}
    Loading(package).load("p.two")
    with pytest.raises(AssertionError, match=r"p\.one needs p,"):
        Loading({**package, "p.one": [("p", "x")]}).load("p.two")
