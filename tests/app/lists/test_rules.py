"""The small language of rules: what it reads, what it refuses, which songs fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import rules
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.rules.fields import FIELDS
from musicrec_core.app.lists.rules.parse import Between, DateRange, Moment, SongRule, Words
from musicrec_core.errors import RuleError
from musicrec_core.times import DAY_S
from tests.conftest import Command
from tests.support.media import write_tone

SONGS = {
    # title: (artist, album, genre, date, seconds)
    "River": ("Ada Reed", "Water", "Post-Punk", "1971", 4.0),
    "Lake": ("Ada Reed feat. Bo", "Water", "Jazz", "1985-03-02", 5.0),
    "Anvil": ("Brute Force", "Iron", "Metal", "2003", 6.0),
    "Hum": ("Ann Ada", "", "", "", 7.0),
}


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Four songs; River liked, played three times and rated 4, Anvil disliked, Lake in a list."""
    base = tmp_path_factory.mktemp("rules")
    for number, (title, (artist, album, genre, date, seconds)) in enumerate(SONGS.items()):
        tags = {"title": title, "artist": artist, "album": album, "genre": genre, "date": date}
        write_tone(base / "music" / album / f"{title}.flac", seconds=seconds,
                   freq=300 + 50 * number, tags={k: v for k, v in tags.items() if v})  # fmt: skip
    Command(base / "home")("scan", base / "music", "--tags-only")
    with MusicRec(home=base / "home") as facade:
        river, lake, anvil = (facade.library.find(t) for t in ("River", "Lake", "Anvil"))
        facade.feedback.record(river, "like")
        facade.feedback.record(river, "rating", value=4)
        for _ in range(3):
            facade.feedback.record(river, "play", value=4)
        facade.feedback.record(anvil, "dislike")
        facade.feedback.record(lake, "skip", value=1)
        facade.playlists.create("Road", [lake])
        yield Person.now(facade._context)


def fitting(person: Person, text: str) -> set[str]:
    rows = rules.matching(person, rules.parse(text)).nonzero()[0]
    ids = person.catalogue.track_ids[rows].tolist()
    return {track.title for track in person.context.store.tracks.by_id(ids).values()}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", {"River", "Lake", "Anvil", "Hum"}),
        ("genre:jazz,metal", {"Lake", "Anvil"}),
        ("genre:punk", {"River"}),
        ("genre:=punk", set()),
        ("-genre:jazz", {"River", "Anvil", "Hum"}),
        ("artist:ada", {"River", "Lake", "Hum"}),
        ('artist:="ada reed"', {"River", "Lake"}),
        ("artist:bo", {"Lake"}),
        ("album:water -title:lake", {"River"}),
        ("path:iron", {"Anvil"}),
        ("playlist:road", {"Lake"}),
        ("year:1971", {"River"}),
        ("year:1980s", {"Lake"}),
        ("year:..1980s", {"River", "Lake"}),
        ("year:1985..", {"Lake", "Anvil"}),
        ("-year:1900..", {"Hum"}),
        ("length:0:05..0:06", {"Lake", "Anvil"}),
        ("length:..4", {"River"}),
        ("plays:0", {"Lake", "Anvil", "Hum"}),
        ("plays:2..", {"River"}),
        ("skips:1", {"Lake"}),
        ("rating:4..", {"River"}),
        ("liked", {"River"}),
        ("-liked -disliked", {"Lake", "Hum"}),
        ("liked:-1d", {"River"}),
        ("liked:..-1d", set()),
        ("played", {"River"}),
        ("-played:-90d", {"Lake", "Anvil", "Hum"}),
        ("added:-1w", {"River", "Lake", "Anvil", "Hum"}),
        ("added:1999", set()),
        ("score:0..1", {"River", "Lake", "Anvil", "Hum"}),
        ("tempo:100..", set()),
        ("GENRE:Jazz  -liked", {"Lake"}),
    ],
)
def test_songs_fit_what_is_said_of_them(person: Person, text: str, titles: set[str]) -> None:
    assert fitting(person, text) == titles


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_is_understood_and_asked_of_a_library(
    person: Person, name: str
) -> None:
    (rule,) = rules.parse(FIELDS[name].example)
    assert rule.field == name
    if name not in ("mood", "playlist"):  # which know no such word here
        assert len(rules.matching(person, (rule,))) == 4


def test_a_text_becomes_rules() -> None:
    assert rules.parse('genre:jazz,"drum and bass"  -year:..1975 added:-2w played:2026-02') == (
        SongRule("genre", (Words("jazz"), Words("drum and bass"))),
        SongRule("year", (Between(-inf, 1975),), negated=True),
        SongRule("added", (DateRange(Moment(days_ago=14)),)),
        SongRule("played", (DateRange(_midnight(2026, 2, 1), _midnight(2026, 3, 1)),)),
    )


def _midnight(year: int, month: int, day: int) -> Moment:
    return Moment(at_s=datetime(year, month, day).timestamp())  # noqa: DTZ001 - local on purpose


def test_a_range_of_dates_ends_with_its_last_day() -> None:
    (rule,) = rules.parse("added:2025..2025-12-31")
    assert rule.values == (DateRange(_midnight(2025, 1, 1), _midnight(2026, 1, 1)),)
    assert Moment(days_ago=2).seconds(10 * DAY_S) == 8 * DAY_S


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("gener:jazz", "no rule speaks of 'gener': did you mean genre?"),
        ("xyzzy", "no rule speaks of 'xyzzy': there are genre, mood"),
        ("genre", "genre alone says nothing: as in genre:jazz,blues"),
        ("genre:", "genre: has no value"),
        ("path:=", "path:= cannot be read: as in path:classical"),
        ("year:abc", "year:abc cannot be read: as in year:1960..1975"),
        ("year:1990..1980", "cannot be read"),
        ("tempo:..", "cannot be read"),
        ("tempo:nan", "cannot be read"),
        ("added:yesterday", "cannot be read: as in added:-30d"),
        ("added:2025-13", "cannot be read"),
        ("length:3:x", "cannot be read"),
        ('artist:"Miles', "cannot read the rules from"),
        ('artist:"a""b" "', "cannot read the rules from"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, word: str) -> None:
    with pytest.raises(RuleError, match=re.escape(word)) as error:
        rules.parse(text)
    assert "\n" not in str(error.value)


@given(st.text(max_size=40))
def test_any_text_is_rules_or_one_clear_error(text: str) -> None:
    with suppress(RuleError):
        assert all(rule.values for rule in rules.parse(text))


def test_dates_are_those_of_here() -> None:
    today = datetime.now()  # noqa: DTZ005 - local on purpose
    (rule,) = rules.parse(f"added:{today:%Y-%m-%d}")
    (period,) = rule.values
    assert isinstance(period, DateRange)
    assert period.since
    assert period.until
    assert period.since.at_s <= today.timestamp() < period.until.at_s
    assert period.until.at_s - period.since.at_s >= timedelta(hours=23).total_seconds()


def test_the_documentation_tells_of_every_field() -> None:
    text = (Path(__file__).parents[3] / "docs" / "lists.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`-?([a-z]+)(?=[:`])", text.partition("\n## Rules")[2]))
    assert set(FIELDS) <= named
    examples = re.findall(r"`([a-z]+:[^`]+)`", text.partition("\n## Rules")[2])
    assert all(rules.parse(example) for example in examples)
