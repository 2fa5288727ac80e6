"""insights: what the library, the lists and the feedback are like."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.text import fit, joined, one_line
from musicrec_core.times import DAY_S
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    metrics_json,
    notice_text,
    print_json,
    warn,
)
from musicrec_tui.cli.insights.html_file import html_option, write_html
from musicrec_tui.cli.models.versions import model_json
from musicrec_tui.cli.terminal import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import Insights, Period, Shift

MOST_COLUMNS = 110  # longer sentences are hard to read
SHIFTS_SHOWN = 3
BAR = 10
NAME = 26
COLUMNS_EXPLAINED = (
    "promised: the mean score of these songs when they were shown; liked: how many you then liked; "
    "off by: how far the two lie apart, on average over ten steps of the score; AUC: how often a "
    "song that you liked had the higher score."
)


@click.command()
@html_option
@common_options
def insights(settings: Settings, html: Path | None) -> None:
    """Show what you like, what your library holds, and whether the model still fits."""
    with settings.open() as musicrec:
        if html is not None:
            write_html(html, settings, lambda: _page_of_all(musicrec))
            return
        warn(musicrec.models.warnings())
        page = musicrec.insights()
        suggestion = None if page.songs else musicrec.status().suggestion
        nothing = notice_text(suggestion) if suggestion else ""
    if settings.as_json:
        print_json(insights_json(page))
    elif nothing:
        echo(f"There are no songs to look at: {nothing}")
    else:
        echo("\n".join(fit(line, _columns()) for line in _text(page)))


def _page_of_all(musicrec: MusicRec) -> bytes:
    """Everything of `insights`, the map of the songs and this year."""
    from musicrec_tui.cli.insights import insights_page

    songs = musicrec.song_map()
    some = slice(None, None, max(1, -(-len(songs.at) // insights_page.MAP_DOTS)))
    dots = [(x, y, of) for (x, y), of in
            zip(songs.at[some].tolist(), songs.clusters[some].tolist(), strict=True)]  # fmt: skip
    models = musicrec.models.versions()
    return insights_page.html_page("Your music", (
        *insights_page.insights_sections(musicrec.insights(), models, dots),
        *insights_page.year_sections(musicrec.year()),
    ))  # fmt: skip


def _text(page: Insights) -> Iterator[str]:
    parts = (_library(page), _taste(page), _lists(page), _accuracy(page), _drift(page))
    for i, part in enumerate(parts):
        if i:
            yield ""
        yield from part


def _library(page: Insights) -> Iterator[str]:
    yield f"LIBRARY   {page.songs} songs, {page.analysed} listened to"
    if not page.clusters:
        yield "          too few songs are known well enough to group them"
    for group in page.clusters:
        name = joined(map(one_line, group.name.split(", ")), NAME)
        yield f"  {_bar(group.share)} {group.share:4.0%}  {name:<{NAME}}  {_example(group.typical)}"


def _example(typical: tuple[str, ...]) -> str:
    return f"like {one_line(typical[0])}" if typical else ""


def _taste(page: Insights) -> Iterator[str]:
    profile = page.profile
    summary = ", ".join(
        f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in profile.feedback.items() if n
    )
    yield f"TASTE     {summary or 'nothing said yet: musicrec like QUERY'}"
    if profile.tags:
        yield f"  tags    {_counted(profile.tags)}"
    if profile.artists:
        yield f"  artists {_counted(profile.artists)}"
    if (profile.tags or profile.artists) and not profile.attributes:
        yield "  too few songs are liked so far to say how they sound"
    far = sorted(profile.attributes.items(), key=lambda item: -abs(item[1] - 0.5))
    for name, place in far[:SHIFTS_SHOWN]:
        yield (
            f"  {one_line(name.replace('_', ' ')):<18} {_scale(place)}  "
            f"the middle of your likes is above {place:.0%} of all"
        )


def _lists(page: Insights) -> Iterator[str]:
    if page.reach is None:
        yield "LISTS     nothing was shown yet: musicrec recommend"
    else:
        reach = page.reach
        of_artists = f", {reach.artists:.0%} of the artists" if reach.artists is not None else ""
        yield f"LISTS     {reach.lists} so far reached {reach.songs:.0%} of the songs{of_artists}"
        if reach.repeated is not None:
            yield f"  {reach.repeated:.0%} of the places went to songs of the list before"
    library, listed = page.library, page.listed
    if not library.known:
        yield "  how popular the artists are is not known: none is on the map"
        return
    yield "  popularity                       library   lists"
    of_lists = (listed.top_decile, listed.novelty_bits, listed.gini) if listed else (None,) * 3
    rows = (
        ("songs by the best known tenth", _percent(library.top_decile), _percent(of_lists[0])),
        ("novelty (+1: half as known)", _number(library.novelty_bits), _number(of_lists[1])),
        ("unevenness over artists (Gini)", _number(library.gini), _number(of_lists[2])),
    )
    for name, all_songs, in_lists in rows:
        yield f"    {name:<31}{all_songs:>7}{in_lists:>8}"


def _accuracy(page: Insights) -> Iterator[str]:
    model = page.model
    auc = f", AUC {model.metrics.auc:.2f} held out" if model.metrics.auc is not None else ""
    yield f"MODEL     {model.version} ({model.kind}){auc}"
    if not page.periods:
        yield "  nothing was said yet of songs that a list had shown"
        return
    yield "  after being shown      answers  promised  liked  off by   AUC"
    for period in page.periods:
        yield f"    {_days(period):<20} {period.answers:>6}{_figures(period)}"
    yield from _wrapped(COLUMNS_EXPLAINED)


def _figures(period: Period) -> str:
    if period.promised is None:
        return "  too few to measure"
    return (
        f"{_percent(period.promised):>10}{_percent(period.liked):>7}"
        f"{_percent(period.error):>8}{_number(period.auc):>6}"
    )


def _drift(page: Insights) -> Iterator[str]:
    drift = page.drift
    yield "DRIFT"
    yield from _wrapped(drift.sentence)
    for name, shifts in (("new songs", drift.library), ("late likes", drift.liked)):
        if shifts:
            yield f"  {name + ', by attribute':<30}     index   chance"
        for shift in shifts[:SHIFTS_SHOWN]:
            yield _shift(shift)


def _shift(shift: Shift) -> str:
    mark = "!" if shift.drifted else " "
    chance = "< 0.001" if shift.p_corrected < 0.001 else f"{shift.p_corrected:7.3f}"
    return f"  {mark} {one_line(shift.attribute.replace('_', ' ')):<30}{shift.psi:>8.2f}  {chance}"


def _wrapped(sentence: str) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(sentence, _columns(), initial_indent="  ", subsequent_indent="  ")


def _counted(names: Iterable[tuple[str, int]]) -> str:
    return joined((f"{one_line(name)} {n}" for name, n in names), _columns() - len("  artists "))


def _columns() -> int:
    return min(columns(), MOST_COLUMNS)


def _bar(share: float) -> str:
    filled = max(1, round(share * BAR)) if share else 0
    return "█" * filled + "░" * (BAR - filled)


def _scale(place: float) -> str:
    at = min(int(place * BAR), BAR - 1)
    return "·" * at + "●" + "·" * (BAR - 1 - at)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _days(period: Period) -> str:
    """From when to when; by the hour where it was one day, for several may be of that day."""
    ends = [time.localtime(day * DAY_S) for day in (period.since_day, period.until_day)]
    since, until = (time.strftime("%d %b", end) for end in ends)
    if since != until:
        return f"{since} to {until}"
    hours = dict.fromkeys(time.strftime("%H:%M", end) for end in ends)
    return f"{since} {' to '.join(hours)}"


def insights_json(page: Insights) -> dict[str, object]:
    """The page as JSON shows it."""
    document = asdict(page)
    drift = document["drift"]
    for name in ("library", "liked"):
        for shown, shift in zip(drift[name], getattr(page.drift, name), strict=True):
            shown["drifted"] = shift.drifted
    popularity = {name: document.pop(name) for name in ("library", "listed", "lift")}
    return document | {
        "model": model_json(page.model),
        "accuracy": metrics_json(page.model.metrics),
        "popularity": popularity,
    }


COMMANDS = (insights,)
