"""Write the README's table of figures from what the benchmarks recorded.

    python -m benchmarks readme

A test holds the README to it, so a figure changes by running its benchmark and then this.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.results import Figure, recorded

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- figures: made by `python -m benchmarks readme` -->", "<!-- end of figures -->"
SHOWN = (
    ("startup", "start of `musicrec recommend`"),
    ("startup", "start of `musicrec --help`"),
    ("startup", "start of `musicrec status`"),
    ("scale", "recommend with 100,000 tracks"),
    ("scale", "rescan with 100,000 tracks"),
    ("rescore", "a like among 100,000 songs, 100 said before"),
    ("analysis_speed", "analysis of a song beside bliss-audio"),
    ("analysis_speed", "analysis of a song beside decoding its excerpts"),
    ("essentia_speed", "analysis of a song beside Essentia's MusicExtractor"),
    ("analysis_limits", "most memory of a worker"),
    ("analysis_limits", "a file of two hours beside one of four minutes"),
    ("analysis_limits", "the first analysed song of a fresh install"),
    ("analysis_limits", "stopping a scan with Ctrl-C"),
    ("enrich_speed", "`musicrec enrich` with all answers there, rescored"),
    ("enrich_speed", "`musicrec enrich` with all answers there, unchanged"),
    ("hearing_quality", "hears mood quadrant"),
    ("hearing_quality", "hears valence"),
    ("hearing_quality", "hears nearest five share the genre on another corpus"),
    ("codec_robustness", "songs at a cosine of 0.98 or more: 40 kbit/s Opus"),
    ("codec_robustness", "songs at a cosine of 0.98 or more: 128 kbit/s MP3"),
    ("ears_gate", "ears taught by random tags that are promoted"),
)
"""Benchmark and name, in the order of the table; what was not recorded yet is left out."""


def table() -> str:
    """The figures in Markdown."""
    lines = ["| what | figure | made by |", "|---|---|---|"]
    for benchmark, name in SHOWN:
        lines += [row(kept) for kept in recorded(benchmark) if kept.name == name]
    return "\n".join(lines)


def row(kept: Figure) -> str:
    """One line: what it is, with its note, the number, the command."""
    what = f"{kept.name} ({kept.note})" if kept.note else kept.name
    return f"| {what} | {kept.figure:g} {kept.unit} | `{kept.command}` |"


def with_table(readme: str) -> str:
    """The README with the table between its marks; raises ValueError where there are none."""
    before, _, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the README needs a line {START} and later one {END}")
    return f"{before}{START}\n\n{table()}\n\n{END}{after}"


def main() -> None:
    """Write it."""
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
