"""Tags in another encoding than they say are read as they were meant, all others as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3, TIT2, TPE1

from musicrec_core.audio.identity import probe
from musicrec_core.library.legacy_letters import repaired
from musicrec_core.library.tags import read_tags
from tests.support.media import strip, write_tone


def read_wrongly(text: str, codec: str) -> str:
    return text.encode(codec).decode("latin-1")


@pytest.mark.parametrize(
    ("codec", "artist", "title"),
    [
        ("cp1251", "Браво", "Этот город"),
        ("cp1251", "ДДТ", "Что такое осень"),
        ("cp1251", "Океан Ельзи", "Без бою"),
        ("koi8-r", "Кино", "Группа крови"),
        ("cp1253", "Χάρις Αλεξίου", "Όλα σε θυμίζουν"),
        ("utf-8", "Björk", "Jóga"),
        ("utf-8", "Кино", "Мы"),
    ],
)
def test_what_was_meant_is_read(codec: str, artist: str, title: str) -> None:
    fields = {"artist": [read_wrongly(artist, codec)], "title": [read_wrongly(title, codec)]}
    assert repaired(fields) == {"artist": [artist], "title": [title]}


@pytest.mark.parametrize(
    "text",
    [
        *("Björk", "Ágætis byrjun", "Motörhead", "L'été à Québec", "Façade", "Señor", "ÆØÅ"),
        *("Sígur Rós – Svefn-g-englar", "Dvořák", "Кино", "クリスマス", "Ñu", "À ñ ÿ", "¿Qué?"),
        *("Nação Zumbi", "ÜÖÄ", "Ä Ö Ü ß", "Þórr", "Déjà Vu", "naïve", "Œuvre", "½ ± °"),
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert repaired({"title": [text], "album": ["Plain"]})["title"] == [text]


@given(st.text(st.characters(categories=["Ll", "Lu", "Zs"], max_codepoint=0x24F), max_size=40))
def test_no_text_is_lost(text: str) -> None:
    assert len(repaired({"title": [text]})["title"]) == 1


def test_old_tags_of_a_file_are_read(tmp_path: Path) -> None:
    second = write_tone(tmp_path / "v2.mp3")
    tags = ID3()
    tags.add(TIT2(encoding=0, text=[read_wrongly("Этот город", "cp1251")]))
    tags.add(TPE1(encoding=0, text=[read_wrongly("Браво", "cp1251")]))
    tags.save(second)
    first = write_tone(tmp_path / "v1.mp3", freq=500)
    strip(first)
    fields = [text.encode("cp1251").ljust(30, b"\0") for text in ("Группа крови", "Кино", "")]
    first.write_bytes(first.read_bytes() + b"TAG" + b"".join(fields) + bytes(34) + b"\x11")
    for path, artist, title in ((second, "Браво", "Этот город"), (first, "Кино", "Группа крови")):
        read = read_tags(str(path), probe(str(path)).texts)
        assert (read.artist, read.title) == (artist, title)
