"""The words by which an album's name or a maker's name tells of every song, in plain letters."""

from __future__ import annotations

from musicrec_core.late_pattern import late_pattern
from musicrec_core.songs.marker_words import PLACES

LIVE_ALBUM = late_pattern(
    r"^live!*$|\blive!|[(\[]live\b|[:\-\u2013] ?live\b|\blive[)\]]|\blive (?:at|from|on|@|with)\b"
    r"|\blive (?:in|aus|en|a l'|a la|au|im|bei|no|na|ao) \S|\blive (?:album|recordings?|tour|tapes?"
    r"|session|sessions|collection|bootleg|box|acoustic|anthology|archive|concert|performance)\b"
    r"|\blive ?['\u2019]?(?:19|20)?\d\d\b|\b(?:recorded|captured) live\b|\S live$"
    r"|\blive e\.?p\b|^live (?:killers|evil|seeds|dead|bullet|rust|dates"
    r"|phish|undead|after death|shit|era|trax|cuts|bites|tracks|cream|peace|wood|herald"
    r"|magic)\b|\blive/"
    r"|\bcomes? alive\b|^alive(?:!+| (?:19|20)\d\d| i+)$|\balive!+$|^live (?:8|aid|earth)\b"
    r"|\b(?:live|alive) (?:and|&) (?:unplugged"
    r"|loud|acoustic|rare|more|kicking|dangerous)\b"
    r"|\b(?:mtv|vh1) ?unplugged\b|^unplugged\b|\bacustico mtv\b|\bunplugged in\b"
    r"|\bbbc\b.*\bsessions?\b"
    r"|\bpeel sessions?\b|\blive lounge\b|\bin concert\b|\bin concerto\b|\ben concierto\b"
    r"|\bkonzert\b|\ben vivo\b|\bao vivo\b|\ben directo\b|\ben concert\b|\ben public\b"
    r"|\bdal vivo\b|^the [\w .'-]+ concerts?$|\bconcerts? (?:in|at|for|by) \S|\bthe concert\b"
    r"|演唱會|演唱会|ライブ|ライヴ|концерт|라이브|콘서트"
    rf"|\bat (?:the )?(?:{PLACES})\b"
)
NO_LIVE_ALBUM = late_pattern(
    r"\blive (?:through|and let|forever|fast|free|or die|wire|to tell|it up|your|my|for|without"
    r"|in (?:the (?:moment|now|sky|dark|light|shadows?|present|past)|fear|love"
    r"|a dream|peace"
    r"|harmony|sin|hope|color|colour)\b)|\b(?:long|we|to|you|i|they|not|never|how|where|who) live$"
    r"|\b(?:music|sound|songs) (?:for|of|from) \S.*\bconcert\b|\bconcertos?\b|\bconcert(?:i|one) \b"
)
BY_MARK = frozenset(("remaster", "acoustic", "instrumental", "karaoke", "demo", "remix"))
"""What a bracket behind an album's name says of its songs."""

ALBUMS = {
    "acoustic": late_pattern(
        r"\b(?:mtv|vh1) ?unplugged\b|^unplugged\b|\bunplugged in\b|\bacustico mtv\b"
        r"|\bacoustic (?:album|sessions?|live|version|versions|ep|collection|recordings)\b"
        r"|\b(?:live|the) acoustic$|^acoustic$"
    ),
    "remaster": late_pattern(r"\bre-?master(?:ed|s|izado|ise)?\s*(?:(?:19|20)\d\d)?$"),
    "demo": late_pattern(
        r"\bdemos\b(?! (?:and|&|of)\b)|\bthe demo (?:tapes?|album|sessions?)\b|\bhome demos\b"
        r"|^(?:the )?(?:(?:first|second|third|\d(?:st|nd|rd|th)) )?"
        r"demo(?: ?(?:tape|cassette|cd|ep))?"
        r"(?: #?\d{1,2}| (?:of |from )?(?:'|(?:19|20))\d\d)?$|^(?:19|20)\d\d demo(?: tape)?$"
        r"|\S (?:'|(?:19|20))?\d\d demos?$"
    ),
    "karaoke": late_pattern(r"\S karaoke\b|\bkaraoke\W+\S|\bsing-?along\b|カラオケ|караоке"),
    "cover": late_pattern(
        r"\btributes? to\b|\blullaby (?:renditions|versions) of\b|\b(?:string quartet|piano"
        r"|orchestral)"
        r" tribute\b|\btributo a\b|\b(?:piano|acoustic|guitar|metal|punk|rock|violin"
        r"|ukulele) covers\b"
        r"|\bplays? (?:metallica|abba|queen|the beatles)\b|\bmade famous by\b|\bin the style of\b"
    ),
    "instrumental": late_pattern(r"\binstrumentals\b|: instrumental$|\binstrumental version$"),
    "remix": late_pattern(
        r"\b(?:the|club) re-?mix(?:es)?\b|\bre-?mixes\b|\bremixed$"
        r"|^remixed\b|\bremixed (?:&|and|\+) |\bthe remix\b"
    ),
}
"""What the name of an album says of every song on it, beside "live"."""

KARAOKE_MAKER = late_pattern(r"karaoke|\bbacking (?:tracks?|business)\b|カラオケ|караоке|노래방")
TRIBUTE_MAKER = late_pattern(
    r"\btribute (?:band|tracks?|players|kings|to|masters|all ?stars|stars|singers|team|artists?"
    r"|orchestra|crew)\b|\b(?:piano|guitar|string|ameritz|pop|rock|karaoke) tributes?\b"
    r"|\btributes? to\b|\bcover (?:band|guru|nation|kings|masters|team)\b"
)
REMIX_TO = late_pattern(r"^re-?mix to (?=\S)")
