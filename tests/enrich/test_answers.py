"""Last.fm's XML, as its documentation shows it and as it should never be."""

from __future__ import annotations

from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.enrich import answers
from musicrec_core.service_records import Answer, Listen, Popularity, Similar
from tests.enrich.lastfm_server import ok


def test_tags_are_weighed_beside_a_hundred() -> None:
    xml = ok(
        '<toptags artist="Cher" track="Believe">'
        "<tag><name>pop</name><count>100</count><url>x</url></tag>"
        "<tag><name>dance &amp; more</name><count>25</count></tag>"
        "<tag><name>never</name><count>0</count></tag><tag><count>9</count></tag></toptags>"
    )
    tags = (("pop", 1.0), ("dance & more", 0.25))
    assert answers.tags(parseString(xml)) == Answer("Cher", "Believe", tags=tags)


def test_a_server_that_counts_people_has_a_heaviest_tag_of_one() -> None:
    xml = ok("<toptags><tag><name>a</name><count>800</count></tag>"
             "<tag><name>b</name><count>200</count></tag></toptags>")  # fmt: skip
    assert answers.tags(parseString(xml)) == Answer("", tags=(("a", 1.0), ("b", 0.25)))


def test_the_words_of_a_page_about_an_artist_are_not_taken_for_its_numbers() -> None:
    xml = ok(
        "<artist><name>Cher</name><stats><listeners>196440</listeners>"
        "<playcount>1599101</playcount></stats><similar><artist><name>Madonna</name></artist>"
        "</similar><bio><summary><![CDATA[<listeners>1</listeners>]]></summary></bio></artist>"
    )
    info = answers.info(parseString(xml), "artist")
    assert info == Answer("Cher", popularity=Popularity(196440, 1599101))


def test_similar_songs_are_read_with_their_artists() -> None:
    xml = ok(
        '<similartracks track="Believe" artist="Cher"><track><name>Ray of Light</name>'
        "<match>10.95</match><artist><name>Madonna</name></artist></track></similartracks>"
    )
    similar = answers.similar(parseString(xml))
    assert similar == Answer("Cher", "Believe", similar=(Similar("Madonna", "Ray of Light", 1.0),))


def test_a_page_of_plays_says_how_many_follow() -> None:
    xml = ok(
        '<recenttracks user="RJ" page="1" perPage="2" totalPages="3">'
        '<track nowplaying="true"><artist>A</artist><name>Now</name></track>'
        '<track><artist mbid="">Aretha</artist><name>Chain</name><album>Lady</album>'
        '<date uts="1213031819">9 Jun 2008, 17:16</date></track>'
        '<track><artist>Old</artist><name>Clock</name><date uts="0"/></track></recenttracks>'
    )
    page = answers.listens(parseString(xml), "play")
    assert page.listens == (Listen("play", "Aretha", "Chain", "Lady", 1213031819.0),)
    assert (page.oldest_s, page.left) == (0.0, 2)


def test_control_characters_of_a_name_never_come_through() -> None:
    xml = ok('<toptags artist="a&#9;b"><tag><name>x&#10;y</name><count>1</count></tag></toptags>')
    tags_read = answers.tags(parseString(xml))
    assert (tags_read.artist, tags_read.tags) == ("a b", (("x y", 0.01),))


@pytest.mark.parametrize("count", ["", "nan", "inf", "-3", "1e999", "many", "0x10"])
def test_a_count_that_is_no_number_says_nothing(count: str) -> None:
    xml = ok(f"<artist><name>A</name><stats><listeners>{count}</listeners></stats></artist>")
    assert answers.info(parseString(xml), "artist").popularity is None


ELEMENTS = ("toptags", "similarartists", "similartracks", "lovedtracks", "artist", "track", "tag",
            "name", "count", "match", "date", "stats", "listeners", "album")  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["", "1", "x", "1e400", "nan"]),
    lambda inner: st.builds(
        lambda name, parts: f"<{name} uts='{len(parts)}'>{''.join(parts)}</{name}>",
        st.sampled_from(ELEMENTS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(TREES)
def test_whatever_stands_where_in_an_answer_it_is_read_without_error(tree: str) -> None:
    document = parseString(ok(tree))
    assert all(0 < weight <= 1 for _, weight in answers.tags(document).tags)
    assert all(0 < s.match <= 1 for s in answers.similar(document).similar)
    for subject in ("artist", "album", "track"):
        answers.info(document, subject)  # type: ignore[arg-type]
    assert all(x.title and x.artist for x in answers.listens(document, "like").listens)
