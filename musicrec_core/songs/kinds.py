"""Whether a track is a song, an interlude (skit, intro, outro), or somebody speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from musicrec_core.folding import fold, plain_letters
from musicrec_core.late_pattern import late_pattern

Kind = Literal["song", "interlude", "spoken"]

LONGEST_SKIT_S = 300.0
LONGEST_INTERLUDE_S = 150.0
LONGEST_INTRO_S = 120.0
"""A piece called "Intro" that lasts longer is a song of that name: The xx's has 128 s."""
LONGEST_INTRO_OF_RAP_S = 210.0
LONGEST_FOREWORD_S = 75.0
SHORTEST_SPOKEN_CHAPTER_S = 420.0

_NO = (
    r"(?:\s*(?:no\.?|nr\.?|n[o\u00ba\u00b0]|#|pt\.?|part)?\s*\d+|\s+(?:i{1,3}|iv|v|one|two|three))?"
)


def _about(word: str) -> re.Pattern[str]:
    """A word as the whole title, before a colon or dash, or in a bracket behind a title."""
    return late_pattern(
        rf"^(?:the |an? )?(?:{word}){_NO}$"
        rf"|^(?:{word}){_NO}(?:\s*[:(\[\"\u201c]|\s+[-\u2013]|[-\u2013.](?:\s|lude))"
        rf"|[(\[](?:the |an? )?(?:{word}){_NO}\s*[)\]]|\s[-\u2013]\s(?:{word}){_NO}$"
    )


_SKIT_WORD = r"skits?|скит|스킷|スキット"
_SKIT = late_pattern(
    rf"{_about(_SKIT_WORD).pattern}|\S skit{_NO}$|[(\[][^)\]]*\bskit\b[^)\]]*[)\]]"
)
_INTERLUDE = late_pattern(
    _about(
        r"interludes?|interludio|intermedio|intermede|postlude"
        r"|interludium|zwischenspiel|intermission|intermezzo|entr'?acte"
        r"|segue|интерлюдия|インタールード|인터루드|間奏"
    ).pattern
    + r"|\S[ -]interlude$"
)
_INTRO = _about(
    r"intro|outro|introduction|introduccion|introducao|introduzione|einleitung|opening|ending"
    r"|intro/outro|интро|аутро|イントロ|アウトロ|인트로|아웃트로"
)
_BRACKETED_INTRO = late_pattern(r"\S\s*[(\[](?:intro|outro)[)\]]")
# "Nellyville Intro", "Busta's Intro", "Manifest/Outro", "Intro Talk": short, or of unknown length.
_NAMED_INTRO = late_pattern(
    r"(?<!the)[\s/](?:intro|outro)$|^(?:intro|outro) (?:talk|speech|skit)\b|^outro [(\[]"
)
# Between the songs of a concert, and what a telephone recorded.
_TALK = (
    r"|ansage|begrussung|(?:stage )?announcements?|band introductions?|introducing the band"
    r"|(?:stage |crowd )?banter|applause|crowd noise|presentacion|presentazione|apresentacao"
    r"|annonce|voice ?mail|phone ?call|answering machine"
)
_FOREWORD = late_pattern(
    _about(
        "foreword|prologue|prolog|prologo|epilogue|epilog|epilogo|preface|vorwort|nachwort" + _TALK
    ).pattern
    + r"|^(?:the )?prelude$|\S prelude$|^\[?(?:silence|stille|silencio)\]?$"
    r"|[(\[](?:voice ?mail|phone ?call"
    r"|answering machine|dialogue)[)\]]|^introduction (?:to|by)\b"
)
_NEVER_INTERLUDES = late_pattern(
    r"\b(?:classical|klassik|baroque|opera|oper|romantic|chamber|orchestral|symphon\w+|choral|ballet)\b"
)
_RAP = late_pattern(r"\b(?:hip ?hop|rap|trap|grime|r ?n ?b|r b)\b")

_SPOKEN_GENRE = late_pattern(
    r"\b(?:audio ?books?|(?:kinder)?hor ?bu?ch\w*|horbucher|old time radio"
    r"|(?:kinder)?horspiel\w*|podcasts?|speech|speeches"
    r"|spoken(?: word)?"
    r"|spoken \w+|books spoken|radio ?(?:drama|play|show|theatre|comedy|serial)"
    r"|audio ?(?:drama|play)"
    r"|audiolibr(?:os?|i)|audiolivros?|livres? audio|ljudbok|lydbok|lydbog|luisterboek|aanikirja"
    r"|lectures?|sermons?|interviews?|stand ?up(?: comedy)?|kabarett|cabaret comedy|monologues?"
    r"|talk(?: radio)?|storytelling|аудиокнига|радиоспектакль|オーディオブック|有声书|有聲書|評書"
    r"|评书|广播剧|廣播劇|朗読|ラジオドラマ|ドラマcd"
    r"|相聲)\b"
    r"|аудиокниг|подкаст"
)
# "Comedy/Spoken" is where AllMusic and others put comic songs as well.
_SPOKEN_WEAK = late_pattern(
    r"^(?:comedy|humou?r|comedia|komik|poetry|poesie|lyrik|comedy spoken|spoken comedy)$"
)
_MUSICAL = late_pattern(
    r"\b(?:rock|pop|metal|punk|rap|hip ?hop|folk|jazz|blues|soul|electronic\w*|country|musical"
    r"|soundtrack|alternative|indie|novelty|parody|music|dance|r b|reggae)\b"
)
# Who makes music under the genre "Comedy".
_SINGING_COMEDIANS = late_pattern(
    r"\b(?:weird al|tenacious d|flight of the conchords|lonely island|tom lehrer|tim minchin"
    r"|bo burnham|stephen lynch|ninja sex party|spike jones|allan sherman|ray stevens|psychostick"
    r"|garfunkel and oates|monty python|adam sandler|steel panther|jonathan coulton|dr demento"
    r"|bloodhound gang|spinal tap|rutles|bonzo dog|mc lars|starbomb|richard cheese|da yoopers"
    r"|hayseed dixie|nanowar|mamonas assassinas|jon lajoie|rucka rucka ali|les luthiers"
    r"|js bach pdq)\b"
)
_SPOKEN_ALBUM = late_pattern(
    r"\b(?:unabridged|audio ?book|audiobook|horbuch|horspiel|ungekurzt|ungekurzte|gekurzte lesung"
    r"|audiolibro|audiolivro|livre audio|texte integral|lu par|gelesen von|read by|narrated by"
    r"|leido por|letto da|the interviews?|spoken word|podcast|commentary|radio drama|folge \d+)\b"
    r"|аудиокнига|有声书"
)
_SPOKEN_TITLE = late_pattern(
    r"^interviews?(?: \d+)?$|^interview (?:with|mit|avec|con|by)\b|^interview\s*[:\-\u2013(]"
    r"|\binterview\)?$(?<=\S interview|.interview\))|^commentary\b\s*[:\-\u2013(]"
    r"|[(\[]commentary[)\]]"
    r"|[-\u2013] commentary$|\b(?:audio|track|spoken) commentary\b|\S commentary$"
    r"|\btrack by track\b"
    r"|^press conference\b|\binaugural address\b|\bstate of the union address\b"
    r"|[(\[](?:speech|spoken|spoken word|spoken intro|interview|monologue|dialogue|reading)[)\]]"
    r"|^(?:speech|podcast|opening monologue)$|^speech (?:by|of|at)\b|^podcast\b.*\d"
)
_PIECE = late_pattern(
    r"^(?:chapter|kapitel|chapitre|capitulo|capitolo|folge|episode|episodio|part|teil|hoofdstuk|luku"
    r"|kapittel|rozdzial|глава|第[\d一二三四五六七八九十百零〇]+[章回話话集])\b\s*[#.]?\d*|^\d+[.\s-]+(?:kapitel|chapter|teil)\b"
    r"|\b(?:chapter|kapitel|chapitre|capitulo|capitolo|glava|глава) \d+|\bteil \d+\b"
)
_SURE_PIECE = late_pattern(r"^(?:folge|episode|episodio) \d+|^#\d+ -")


def kind_of(
    title: str,
    album: str = "",
    genres: tuple[str, ...] = (),
    duration_s: float | None = None,
    artist: str = "",
) -> tuple[Kind, str]:
    """What a track is and a sentence why, "" for a song; a length of None is unknown."""
    spoken = _spoken(title, album, genres, duration_s, artist)
    if spoken:
        return "spoken", spoken
    plain = plain_letters(title)
    if _HINT.search(plain):
        folded = " ".join(map(fold, genres))
        longest = _longest_interlude_s(plain, folded)
        judges_length = duration_s is not None and not _NEVER_INTERLUDES.search(folded)
        if longest is None and judges_length and _FOREWORD.search(plain):
            longest = LONGEST_FOREWORD_S  # a word that means less: only where it is short indeed
        if longest is not None and (duration_s is None or duration_s <= longest):
            short = "" if duration_s is None else f" and it lasts {duration_s:.0f} s"
            return "interlude", f'the title is "{title}"{short}'
    return "song", ""


def _longest_interlude_s(plain: str, genres: str) -> float | None:
    """Up to which length a title names an interlude; None where it names none."""
    if _SKIT.search(plain):
        return LONGEST_SKIT_S
    if genres and _NEVER_INTERLUDES.search(genres):
        return None
    if _INTERLUDE.search(plain):
        return LONGEST_INTERLUDE_S
    if _BRACKETED_INTRO.search(plain):
        return LONGEST_INTERLUDE_S
    if _INTRO.search(plain) or _NAMED_INTRO.search(plain):
        return LONGEST_INTRO_OF_RAP_S if genres and _RAP.search(genres) else LONGEST_INTRO_S
    return None


def _spoken(
    title: str, album: str, genres: tuple[str, ...], duration_s: float | None, artist: str
) -> str | None:
    """Why a track is somebody speaking; None where it is not."""
    genre = _spoken_genre(genres, artist) if genres else None
    if genre:
        return f'the genre is "{genre}"'
    if album and _spoken_album(album):
        return f'the album is "{album}"'
    plain = plain_letters(title)
    if _SPOKEN_HINT.search(plain) and _SPOKEN_TITLE.search(plain):
        return f'the title is "{title}"'
    long = duration_s is not None and duration_s >= SHORTEST_SPOKEN_CHAPTER_S
    if long and (_SURE_PIECE.search(plain) or (_PIECE.search(plain) and _numbered(plain))):
        return f'the title is "{title}" and it lasts {duration_s:.0f} s'
    return None


@lru_cache(maxsize=4096)
def _spoken_genre(genres: tuple[str, ...], artist: str) -> str | None:
    """The genre that says that somebody speaks."""
    for genre in genres:
        folded = fold(genre)
        if _MUSICAL.search(folded):
            continue
        if _SPOKEN_WEAK.search(folded):
            others = any(_MUSICAL.search(fold(other)) for other in genres)
            if not others and not _SINGING_COMEDIANS.search(fold(artist)):
                return genre
        elif _SPOKEN_GENRE.search(folded):
            return genre
    return None


@lru_cache(maxsize=8192)
def _spoken_album(album: str) -> bool:
    return bool(_SPOKEN_ALBUM.search(plain_letters(album)))


def _numbered(plain: str) -> bool:
    """Whether a title names a chapter by number: a song may be called "Chapter" too."""
    pattern = r"(?:^|[,:-] )(?:chapter|kapitel|chapitre|capitulo|capitolo|глава)\b.*\d|^第"
    return bool(re.search(pattern, plain))


_SPOKEN_HINT = late_pattern(
    r"inter|comment|track by|press|address|spe|spoken|podcast|mono|dialog|read"
)
_HINT = late_pattern(
    r"skit|mail|phone|answering|dialogue|скит|스킷|スキット|inter|intro|outro|segue|open|ending|zwischen|einleitung|entr"
    r"|ansage|nachwort|vorwort|begruss|announce|banter|applause|crowd|presenta|annonce|silenc|stille"
    r"|fore|prol|epil|preface|prelude|postlude|интро|аутро|イントロ|アウトロ|インター|인트로|아웃트로|間奏|인터"
)
