"""The words by which an album's name or a maker's name tells of every song, in plain letters."""

from __future__ import annotations

from musicrec_core.late_pattern import late_pattern
from musicrec_core.songs.marker_words import PLACES

LIVE_ALBUM = late_pattern(
    r"^live!*$|\blive!|\blive: |[(\[]live\b"
    r"|[:\-\u2013] ?live\b|\blive[)\]]|\blive (?:at|from|on|@|with)\b"
    r"|\blive (?:in|aus|en|a l'|a la|au|im|bei|no|na|ao) \S|\blive (?:album|recordings?|tour|tapes?"
    r"|session|sessions|collection|bootleg|box|acoustic|anthology|archive|concert|performance)\b"
    r"|\blive ?['\u2019]?(?:19|20)?\d\d\b|\b(?:recorded|captured) live\b|\S live$"
    r"|\blive e\.?p\b|^live (?:killers|evil|seeds|dead|bullet|rust|dates"
    r"|phish|undead|after death|shit|era|trax|cuts|bites|tracks|cream|peace|wood|herald"
    r"|magic)\b|\blive/"
    r"|\btour ['\u2019](?:19|20)?\d\d\b|^it['\u2019]?s alive\b"
    r"|\bcomes? alive\b|^alive(?:!+| (?:19|20)\d\d| i+)$|\balive!+$|^live (?:8|aid|earth)\b"
    r"|\b(?:live|alive) (?:and|&) (?:unplugged"
    r"|loud|acoustic|rare|more|kicking|dangerous)\b"
    r"|\b(?:mtv|vh1) ?unplugged\b|^unplugged\b|\bacustico mtv\b|\bunplugged in\b"
    r"|\bbbc\b.*\bsessions?\b"
    r"|\b(?:itunes|spotify|aol|daytrotter|napster|kexp) (?:live )?sessions?\b|\btiny desk\b"
    r"|\bpeel sessions?\b|\blive lounge\b|\bin concert\b|\bin concerto\b|\ben concierto\b"
    r"|\bkonzert\b|\ben vivo\b|\bao vivo\b|\ben directo\b|\ben concert\b|\ben public\b"
    r"|\bdal vivo\b|^the [\w .'-]+ concerts?$|\bconcerts? (?:in|at|for|by) \S|\bthe concert\b"
    r"|演唱會|演唱会|ライブ|ライヴ|концерт|라이브|콘서트"
    rf"|\bat (?:the )?(?:{PLACES})\b"
)
LIVE_BY = {
    "made in japan": ("deep purple",),
    "made in europe": ("deep purple",),
    "its too late to stop now": ("van morrison",),
    "no sleep til hammersmith": ("motorhead",),
    "strangers in the night": ("ufo",),
    "unleashed in the east": ("judas priest",),
    "love you live": ("the rolling stones",),
    "get yer ya yas out": ("the rolling stones",),
    "stop making sense": ("talking heads",),
    "the name of this band is talking heads": ("talking heads",),
    "under a blood red sky": ("u2",),
    "delicate sound of thunder": ("pink floyd",),
    "pulse": ("pink floyd",),
    "the song remains the same": ("led zeppelin",),
    "how the west was won": ("led zeppelin",),
    "yessongs": ("yes",),
    "seconds out": ("genesis",),
    "exit stage left": ("rush",),
    "all the worlds a stage": ("rush",),
    "a show of hands": ("rush",),
    "waiting for columbus": ("little feat",),
    "europe 72": ("grateful dead", "the grateful dead"),
    "rock of ages": ("the band",),
    "the last waltz": ("the band",),
    "before the flood": ("bob dylan", "bob dylan the band"),
    "running on empty": ("jackson browne",),
    "4 way street": ("crosby stills nash young",),
    "miles of aisles": ("joni mitchell",),
    "shadows and light": ("joni mitchell",),
    "weld": ("neil young", "neil young crazy horse"),
    "babylon by bus": ("bob marley the wailers",),
    "double live gonzo": ("ted nugent",),
    "one more from the road": ("lynyrd skynyrd",),
    "tokyo tapes": ("scorpions",),
    "world wide live": ("scorpions",),
    "speak of the devil": ("ozzy osbourne",),
    "if you want blood youve got it": ("ac dc",),
    "stage": ("david bowie",),
    "david live": ("david bowie",),
    "the dance": ("fleetwood mac",),
    "alchemy": ("dire straits",),
    "on the night": ("dire straits",),
    "101": ("depeche mode",),
    "five man acoustical jam": ("tesla",),
    "from the muddy banks of the wishkah": ("nirvana",),
    "decade of aggression": ("slayer",),
    "arena": ("duran duran",),
    "paris": ("supertramp",),
    "concrete": ("pet shop boys",),
    "hot august night": ("neil diamond",),
    "weekend in la": ("george benson",),
    "the thieving magpie la gazza ladra": ("marillion",),
    "performance rockin the fillmore": ("humble pie",),
}
"""Albums of concerts whose names do not say so, by who gave them."""

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
        r"|\S acoustic$|^acoustic$|\bacoustical\b"
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
