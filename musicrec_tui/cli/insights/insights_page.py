"""The insights and the year as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from musicrec_core.text import count, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from musicrec_core.app.results import Insights, Period, PlayCount, YearInReview
    from musicrec_core.model_records import ModelInfo

MAP_DOTS = 5000  # more cover each other
GOLDEN_ANGLE = 137.5  # degrees: each hue falls into the widest gap of those before
STYLE = """
:root { color-scheme: light dark; --ink: #1c1c22; --quiet: #62626c; --paper: #fff; --card: #f4f3f1;
        --line: #dddcd8; --accent: #a85a14; --dot: 45%; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e8e4; --quiet: #a0a0aa; --paper: #131418;
        --card: #1c1e24; --line: #34363e; --accent: #e0a060; --dot: 65%; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--paper); color: var(--ink);
       font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; color: var(--quiet); font-weight: 600; }
main { display: grid; gap: 1rem; align-items: start;
       grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
section { background: var(--card); border-radius: .6rem; padding: 1rem; min-width: 0; }
p { margin: .25rem 0; overflow-wrap: anywhere; } .quiet { color: var(--quiet); }
.bars { display: grid; grid-template-columns: minmax(0, 11rem) 1fr auto; gap: .15rem .6rem; }
.bars > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars > b { font-weight: 400; text-align: right; font-variant-numeric: tabular-nums; }
.bars > i { align-self: center; height: .6rem; border-radius: .3rem; background: var(--line); }
.bars > i > i { display: block; height: 100%; border-radius: .3rem; background: var(--accent); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: .15rem .5rem; white-space: nowrap;
         border-bottom: 1px solid var(--line);
         font-variant-numeric: tabular-nums; }
th { color: var(--quiet); font-weight: 600; }
:is(th, td):first-child { text-align: left; padding-left: 0; }
svg { display: block; width: 100%; height: auto; }
.key { display: flex; flex-wrap: wrap; gap: 0 1rem; }
@media print { body { max-width: none; }
       section { break-inside: avoid; border: 1px solid var(--line); }
       * { print-color-adjust: exact; } }
"""


def html_page(
    title: str, sections: Iterable[tuple[str, Iterable[str]]],
) -> bytes:  # fmt: skip
    """A document of titled sections, whose parts are HTML."""
    body = "".join(
        f"<section><h2>{_text(name)}</h2>{''.join(parts)}</section>\n" for name, parts in sections
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{_text(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{_text(title)}</h1>\n<main>{body}</main></body></html>\n"
    ).encode("utf-8", "replace")


def insights_sections(
    page: Insights, models: Sequence[ModelInfo], dots: Sequence[tuple[float, float, int]]
) -> Iterator[tuple[str, Iterable[str]]]:
    """What `insights` shows. dots: (x, y, number of the cluster or 0) of the map, in [-1, 1]."""
    yield "Taste", _taste(page)
    if dots:
        yield "Map", _map(page, dots)
    yield "Library", _library(page)
    yield "Lists", _lists(page)
    yield "What scores promised", _periods(page.periods)
    yield "Models", _models(models)
    yield "Drift", (_p(page.drift.sentence),)


def year_sections(review: YearInReview) -> Iterator[tuple[str, Iterable[str]]]:
    """What `year` shows."""
    yield f"{review.year}", _year(review)
    for name, counts in (("Artists", review.top_artists), ("Songs", review.top_songs),
                         ("Albums", review.top_albums), ("Genres", review.top_genres),
                         ("Found", review.discoveries)):  # fmt: skip
        if counts:
            yield f"{name} of {review.year}", (play_bars(counts),)


def _year(review: YearInReview) -> Iterator[str]:
    if not review.plays:
        yield _p("Nothing was played.", "quiet")
    else:
        yield _p(f"{count(review.plays, 'play')}, {review.hours:,.1f} hours: "
                 f"{count(review.songs, 'song')} by {count(review.artists, 'artist')} "
                 f"on {count(review.days, 'day')}.")  # fmt: skip
        yield play_bars(review.months)
    given = [count(n, kind) for kind, n in review.opinions.items() if n]
    if given:
        yield _p(f"Said: {', '.join(given)}.")


def _taste(page: Insights) -> Iterator[str]:
    profile = page.profile
    given = [count(n, kind) for kind, n in profile.feedback.items() if n]
    yield _p(", ".join(given) or "Nothing was said yet: like a few songs first.", "quiet")
    for name, counted in (("Tags", profile.tags), ("Artists", profile.artists)):
        if counted:
            most = counted[0][1]
            yield _h3(name) + _bars((word, n / most, f"{n}") for word, n in counted)
    if profile.attributes:
        yield _h3("How it sounds: share of the library below the middle of your likes")
        yield _bars((name.replace("_", " "), place, f"{place:.0%}")
                    for name, place in sorted(profile.attributes.items()))  # fmt: skip


def _map(page: Insights, dots: Sequence[tuple[float, float, int]]) -> Iterator[str]:
    circles = "".join(
        f'<circle cx="{x:.3f}" cy="{-y:.3f}" r=".012" fill="{_colour(of)}"/>' for x, y, of in dots
    )
    yield f'<svg viewBox="-1.05 -1.05 2.1 2.1" role="img" aria-label="Songs">{circles}</svg>'
    names = (f'<span><span style="color:{_colour(kind.number)}">●</span> {_text(kind.name)}</span>'
             for kind in page.clusters)  # fmt: skip
    yield f'<p class="key">{"".join(names)}</p>'
    yield _p("Each dot is a song; near is alike, directions mean nothing.", "quiet")


def _library(page: Insights) -> Iterator[str]:
    yield _p(f"{count(page.songs, 'song')}, {page.analysed:,} listened to.")
    yield _bars((group.name, group.share, f"{group.share:.0%}") for group in page.clusters)
    for group in page.clusters:
        if group.typical:
            yield _p(f"{group.name}: like {group.typical[0]}", "quiet")


def _lists(page: Insights) -> Iterator[str]:
    if page.reach is None:
        yield _p("Nothing was shown yet.", "quiet")
        return
    yield _p(f"{count(page.reach.lists, 'list')} reached {page.reach.songs:.0%} of the songs.")
    if page.reach.repeated is not None:
        yield _p(f"{page.reach.repeated:.0%} of the places went to songs of the list before.")


def _periods(periods: Sequence[Period]) -> Iterator[str]:
    if not periods:
        yield _p("Nothing was said yet of songs that a list had shown.", "quiet")
        return
    yield _table(("until", "answers", "promised", "liked", "off by", "AUC"),
                 ((_day(p.until_day), f"{p.answers}", _share(p.promised), _share(p.liked),
                   _share(p.error), _number(p.auc)) for p in periods))  # fmt: skip


def _models(models: Sequence[ModelInfo]) -> Iterator[str]:
    yield _table(("version", "opinions", "AUC", "nDCG@10", "log loss"),
                 ((f"{m.version}{' (in use)' if m.current else ''}", f"{m.feedback}",
                   _number(m.metrics.auc), _number(m.metrics.ndcg_at_10),
                   _number(m.metrics.logloss)) for m in models if m.of == "taste"))  # fmt: skip
    yield _p("Measured on opinions that each model had not seen.", "quiet")


def play_bars(counts: Sequence[PlayCount]) -> str:
    """One line each: the name, a bar as long as its plays, how many."""
    most = max((each.plays for each in counts), default=0) or 1
    return _bars((each.name, each.plays / most, f"{each.plays:,}") for each in counts)


def _bars(rows: Iterable[tuple[str, float, str]]) -> str:
    lines = (f'<span title="{_text(name)}">{_text(name)}</span>'
             f'<i><i style="width:{share:.1%}"></i></i><b>{_text(figure)}</b>'
             for name, share, figure in rows)  # fmt: skip
    return f'<div class="bars">{"".join(lines)}</div>'


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{_text(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{_text(c)}</td>' for c in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{top}</tr>{body}</table></div>'


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_text(text)}</p>' if kind else f"<p>{_text(text)}</p>"


def _h3(text: str) -> str:
    return f"<h3>{_text(text)}</h3>"


def _text(text: str) -> str:
    """Of a tag or ours: no markup, no control characters."""
    return escape(one_line(text))


def _colour(cluster: int) -> str:
    if not cluster:
        return "var(--quiet)"
    return f"hsl({(25 + cluster * GOLDEN_ANGLE) % 360:.0f} 60% var(--dot))"


def _day(day: float) -> str:
    import time

    from musicrec_core.times import DAY_S

    return time.strftime("%Y-%m-%d", time.localtime(day * DAY_S))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
