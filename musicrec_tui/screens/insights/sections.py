"""The parts of Insights as text: bars of blocks, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from musicrec_core.text import count, one_line
from musicrec_tui.widgets.cells import bar, fit
from musicrec_tui.widgets.line_plot import LABEL, line_plot

if TYPE_CHECKING:
    from musicrec_core.app.results import Insights, PlayCount, YearInReview

NAME, BAR = 18, 16
SONG_NAME, SONG_BAR = 30, 8
PLOT, PLOT_ROWS = 42, 4
STEPS = " ▁▂▃▄▅▆▇█"
FEWEST = "Too few songs are liked so far to say how they sound: l likes one."
ATTRIBUTES = 6  # those in which the likes are furthest from the middle
SPOKEN = {
    "arousal": "excitement", "valence": "happy mood", "brightness": "bright sound",
    "duration": "length", "loudness": "loud", "year": "newer",
}  # fmt: skip
RETRAIN = ("musicrec retrain", "r retrains")


def state(page: Insights) -> Text:
    """Coverage and drift, a sentence each."""
    share = bar(page.analysed / page.songs if page.songs else 0.0, BAR, "─")
    heard = f"{share} {page.analysed:,} of {count(page.songs, 'song')} heard."
    reach = page.reach
    listed = f" Lists so far reached {reach.songs:.0%} of the songs." if reach else ""
    return _part("How it stands", [heard + listed, one_line(page.drift.sentence.replace(*RETRAIN))])


def taste(page: Insights) -> Text:
    """How the liked songs sound, by mood, tempo, era: where their middle lies in the library."""
    places = page.profile.attributes
    far = sorted(places.items(), key=lambda item: -abs(item[1] - 0.5))[:ATTRIBUTES]
    lines = [f"{_name(_spoken(name))} {_place(place)}  {place:.0%}" for name, place in far]
    title = "How what you like sounds, among all your songs"
    return _part(title, lines or [FEWEST])


def kinds(page: Insights) -> list[Text]:
    """What liked songs are most often; nothing while there are none."""
    named = (
        ("Tags you like", page.profile.tags),
        ("Artists you like", page.profile.artists),
        ("Moods you like", page.profile.moods),
        ("Times you like", page.profile.eras),
    )
    return [_part(title, _bars(counts)) for title, counts in named if counts]


def opinions(page: Insights) -> list[Text]:
    """Likes and dislikes by month, as two lines; nothing before the second month."""
    months = page.opinions
    if len(months) < 2:
        return []
    lines = ([m.likes for m in months], [m.dislikes for m in months])
    first, last = months[0].month, months[-1].month
    span = f"{first}{last:>{PLOT - LABEL - 1 - len(first)}}"
    drawn = line_plot(lines, PLOT, PLOT_ROWS, digits=0)
    return [
        _part(
            "Likes and dislikes by month",
            [*drawn, f"{'':{LABEL}} {span}", f"{'':{LABEL}} ── likes   ╌╌ dislikes"],
        )
    ]


def year(review: YearInReview) -> list[Text]:
    """A year: its sum, its months, its hours, and what was played most."""
    title = f"{review.year} in review"
    opinions = ", ".join(count(n, kind) for kind, n in review.opinions.items() if n)
    if not review.plays:
        nothing = f"Nothing was played in {review.year}."
        return [_part(title, [nothing, *([f"You gave {opinions}."] if opinions else [])])]
    total = (
        f"{count(review.plays, 'play')}, {review.hours:.1f} hours: {count(review.songs, 'song')} "
        f"of {count(review.artists, 'artist')} on {count(review.days, 'day')}"
    )
    new_artists = count(review.new_artists, "artist")
    discoveries = f"{new_artists} and {count(review.new_songs, 'song')} for the first time"
    lines = [total, discoveries, f"You gave {opinions}." if opinions else "No opinion was given."]
    months = [(month.name, month.plays) for month in review.months if month.plays]
    hours = [f"{_columns(review.plays_by_hour)}", "0     6     12    18"]
    tops = (
        ("Most played artists", review.top_artists, (NAME, BAR)),
        ("Most played songs", review.top_songs, (SONG_NAME, SONG_BAR)),
    )
    return [
        _part(title, lines),
        _part("Plays by month", _bars(months)),
        _part("Plays by hour of the day", hours),
        *(_part(name, _bars(_pairs(top), *cells)) for name, top, cells in tops if top),
    ]


def _pairs(counts: Sequence[PlayCount]) -> list[tuple[str, int]]:
    return [(each.name, each.plays) for each in counts[:5]]


def _bars(
    counts: Sequence[tuple[str, int]], name_cells: int = NAME, bar_cells: int = BAR
) -> list[str]:
    most = max((number for _, number in counts), default=1)
    return [
        f"{_name(name, name_cells)} {bar(number / most, bar_cells)} {number:,}"
        for name, number in counts
    ]


def _columns(numbers: Sequence[int]) -> str:
    """One block a number, the highest for the most."""
    most = max(*numbers, 1)
    return "".join(STEPS[-(-number * (len(STEPS) - 1) // most)] for number in numbers)


def _place(share: float) -> str:
    """A line from the least to the most of the library, with a mark where the likes are."""
    at = min(int(share * BAR), BAR - 1)
    return "─" * at + "●" + "─" * (BAR - 1 - at)


def _spoken(attribute: str) -> str:
    """The name of an attribute without its unit, in a word that people use."""
    name = attribute.rpartition("_")[0] or attribute
    return SPOKEN.get(name, name)


def _name(name: str, cells: int = NAME) -> str:
    return fit(name.replace("_", " "), cells)


def _part(title: str, lines: Sequence[str]) -> Text:
    text = Text(title, style="bold")
    for line in lines:
        text.append(f"\n{line}", style="not bold")
    return text
