"""What documents say of files, folders and inputs is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES

ROOT = Path(__file__).parent.parent
CORE = ROOT / "musicrec_core"
DOCUMENTS = sorted(
    path
    for folder in (".", "docs", "docs/decisions", "models", "plugins/beets")
    for path in (ROOT / folder).glob("*.md")
    if path.name != "CHANGELOG.md"  # which speaks of what was
)
OURS = ("benchmarks", "docs", "models", "musicrec_core", "musicrec_tui", "plugins", "tests")
IN_CODE = re.compile(r"`([\w./-]+)`")
LINK = re.compile(r"\]\(([^)#\s]*)(#[\w-]+)?\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """What a heading is linked by: lower case, no punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def folders(base: Path) -> set[str]:
    return {path.parent.name for path in base.glob("*/__init__.py")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_a_document_links_to_what_is_there(document: Path) -> None:
    text = text_of(document)
    for target, anchor in LINK.findall(text):
        if target.startswith(("http:", "https:")):
            continue
        there = document.parent / target if target else document
        assert there.exists(), target
        assert not anchor or anchor[1:] in anchors(text_of(there)), anchor


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_a_document_names_files_and_folders_that_are_there(document: Path) -> None:
    for path in IN_CODE.findall(text_of(document)):
        if path.split("/")[0] in OURS and "/" in path and "NAME" not in path:
            assert (ROOT / path).exists(), path


def modules_named(path: Path) -> Iterator[str]:
    """`name.py` in text and comments of a module, or a document."""
    yield from re.findall(r"(?<![\w./*])([a-z_][a-z_0-9]*\.py)\b", text_of(path))


@pytest.mark.parametrize("package", ["musicrec_core", "musicrec_tui", "benchmarks", "training"])
def test_a_module_that_is_spoken_of_is_there(package: str) -> None:
    there = {path.name for folder in (*OURS, "training") for path in (ROOT / folder).rglob("*.py")}
    for path in sorted((ROOT / package).rglob("*.py")):
        gone = {module for module in modules_named(path) if module not in there}
        assert not gone, name(path)


def test_the_map_of_the_readme_shows_every_package() -> None:
    text = text_of(ROOT / "README.md").partition("## The map")[2]
    mapped = set(re.findall(r"^  (\w+)/  ", text.partition("musicrec_tui/")[0], re.MULTILINE))
    assert mapped == folders(CORE)


@pytest.mark.parametrize("package", ["app", "recommender"])
def test_the_architecture_shows_every_folder(package: str) -> None:
    text = text_of(ROOT / "docs" / "architecture.md")
    section = text.partition(f"\n## {package}/\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)/` \|", section, re.MULTILINE)) == folders(CORE / package)


def test_the_page_of_the_model_names_every_input() -> None:
    text = text_of(ROOT / "docs" / "model.md").partition("## Relational inputs")[2]
    text = text.partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    sources = [n for n in named if n in SOURCE_NAMES]
    assert sources == list(SOURCE_NAMES)
    ends = text.index("The others:")
    of_each = re.findall(r"^\| `(\w+)` \|", text[:ends], re.MULTILINE)[len(sources) :]
    others = re.findall(r"^\| `(\w+)` \|", text[ends:], re.MULTILINE)
    assert {f"{s}_{what}" for s in sources for what in of_each} | set(others) == set(INPUT_NAMES)


def test_every_decision_is_in_their_list() -> None:
    listed = text_of(ROOT / "docs" / "decisions" / "README.md")
    for record in sorted((ROOT / "docs" / "decisions").glob("0*.md")):
        title = text_of(record).splitlines()[0].removeprefix("# ")
        assert f"[{title}]({record.name})" in listed
