"""The words that mark versions, in the languages that titles are in.

Every pattern is held against one bracket, or what follows one dash, in plain letters: lower case,
without accents. Words that are as much at home in titles ("live", "cover") ask for their company.
"""

from __future__ import annotations

import re

from musicrec_core.late_pattern import late_pattern


def _any(*patterns: str) -> re.Pattern[str]:
    return late_pattern("|".join(f"(?:{pattern})" for pattern in patterns))


PLACES = (
    r"royal albert hall|carnegie hall|hollywood bowl|budokan|fillmore|montreux|newport|olympia"
    r"|red rocks|madison square garden|village vanguard|wembley|folsom prison|san quentin"
    r"|glastonbury|ronnie scott'?s|rockpalast|woodstock|knebworth|slane castle|bbc|apollo"
    r"|town hall|philharmonic hall|marquee|bataclan|paradiso|blue note|birdland|lighthouse"
    r"|massey hall|winterland|monterey|isle of wight|opera house|hammersmith|roskilde|pinkpop"
)
"""Where concerts are recorded: "at the ..." says live."""

_LIVE_BEFORE = (
    r"at|in|from|on(?= (?!and\b))|with|w/|by|version|ver|acoustic|session|sessions|take|takes|track"
    r"|recording|recordings|performance|lounge|edit|mix|remix|studio|bonus|medley|demo|tour|room"
    r"|set|show|concert|piano|radio|duet|rehearsal|jam|remaster|remastered|aid|video|audio|album"
    r"|intro|outro|solo|unplugged|and unplugged|& unplugged|and acoustic|cut|bootleg|stream"
    r"|aus|im|bei|beim|auf|a l'|a la|au|aux|en|dans|desde|no|na|ao|nel|alla|al|dal|w|pa|i|fran"
)
_LIVE = (
    rf"^live\b[\s,:;/@('\u2019\-\u2013\[]*(?:(?:{_LIVE_BEFORE})\b|@|['\u2019]?\d)",
    rf"\b(?:at|from) (?:the )?(?:{PLACES})\b",
    r"^live (?:\S+ ){1,2}recordings?$",
    r"^live!?$|^live\s*[,:;/@(\[\u2013-]|\blive (?:at|from|@|aus)\b|\blive,",
    r"\blive in (?!my|your|the (?:moment|past|now|sky)|fear|sin)",
    (
        r"\b(?:acoustic|unplugged|recorded|remastered|version|session|solo|piano|band"
        r"|concert|tour|\d{4}|bonus|track|original|medley|club|radio|bbc|full"
        r"|orchestral)\s*live!?$"
    ),
    # "(Alchemy Live)", "(Homecoming Live)", but not "(The Way We Live)"
    (
        r"^(?!.*\b(?:i|we|you|they|he|she|it|me|us|them|him|her|to|long|how|who|where|people|not"
        r"|never|and|will|can|must|let|that|still|men|wanna|gonna|love|lives|alive|life|may)"
        r" live!?$).*\S live!?$"
    ),
    r"[,/;:-]\s*live!?$|\b(?:alive|live) (?:19|20)\d\d\b",
    r"\b(?:mtv|vh1) ?(?:live|unplugged|acustico)|\bacustico mtv\b",
    r"\bunplugged (?:in|at|live)\b|\bpeel sessions?\b|\bbbc\b.*\bsessions?\b|\bat the bbc\b",
    r"\blive lounge\b|\bkexp\b|\btiny desk",
    (
        r"\b(?:spotify|itunes|aol|daytrotter|audiotree|kcrw|napster|yahoo|walmart|maida vale"
        r"|radio \d|black|black cab|from the basement|studio q"
        r"|like a version) (?:live )?sessions?\b"
    ),
    r"\bitunes festival\b|\bin session\b|\blike a version\b|\bin concert\b|\bin concerto\b",
    r"\ben concierto\b|\bem concerto\b|\bim konzert\b|^concert$|\ben vivo\b|\bao vivo\b",
    r"\ben directo\b|\ben directe\b|\ben direct\b|\ben concert\b|\ben public\b|\bdal vivo\b",
    r"^(?:en )?(?:directo|vivo|viu|directe)$",
    r"\ben viu\b|\bzywo\b|\buzivo\b|^zive$|\bkonsert\b|\bkonzert\b|\bcanli\b|\beloben\b",
    r"\bkoncert\b|\bconcert (?:version|recording)|концерт|вживую|живое|живьем|\bлайв\b",
    r"ライブ|ライヴ|現場|现场|演唱会|演唱會|라이브|생방송|\btour (?:19|20)\d\d\b",
    r"\b(?:19|20)\d\d (?:\S+ )?tour\b|\bworld tour\b",
)
_REMASTER = (
    r"\bremast\.?$",
    r"\bre-? ?master(?:s|ed|ing|ise[de]?|isiert|izado|izada|izados|izat|et|ad|t)?\b",
    r"\bremasteris|\bremasterizz|\brimasterizz|\bremasteriz|リマスター|リマスタリング",
    r"리마스터|ремастер|重制|重製|数码重|數碼重",
    r"^(?:the )?(?:19|20)\d\d (?:stereo |mono )?mix$",
)
_EDIT = (
    r"\b(?:re-?)?edit(?:ed)?\b(?! (?:the|me|my|this)\b)|\bradio-edit\b",
    r"\bradio (?:version|ver|cut|mix)\b|^radio$|\bversion (?:para |de |pour la )?radio\b",
    r"\bextended(?: \S+)?(?: (?:version|ver|edit|play|cut))?$",
    r"\b12(?:\"|''| ?inch|\u2033)? version\b",
    r"\b(?:short|long|shortened|abridged|shorter|longer) (?:version|ver|cut)\b|\babridged\b",
    r"\bversion (?:courte|longue|corta|larga|breve|curta|lunga|abregee)\b|\bkurzversion\b",
    r"\btv (?:size|edit|ver|version|cut|mix|サイズ)|tvサイズ",
    r"ショート ?(?:ver|バージョン|サイズ)|\bsped[- ]?up\b|\bslowed\b|\bspeed up\b|^mixed$",
    r"\bsingle cut\b|\bvideo (?:cut|edit)\b",
)
_REMIX = (
    r"\bre-?mix(?:es|ed|e|er)?(?![a-z\d])|\brmx\b|\bremiks|\bremezcla|\bmegamix\b|\bmega-mix\b|ремикс",
    r"リミックス|리믹스|混音|(?:^|\S )dub$|^dub\b|\bdub (?:version|mix|instrumental|edit)\b",
    r"\bin dub\b|\bre-?work(?:ed|ing)?\b|\bvip\b|\bmash[- ]?up\b|\bre-?fix(?:ed)?\b",
    r"\S (?:fix|flip|rerub)$|\bre-?rub\b|\brefreak|\bbootleg$|\bbootleg (?:mix|remix)",
    r"\breconstruction\b|\bre-?vision\b|\bre-?construct|\bnightcore\b",
    r"\bchopped (?:and|&|n|'n'?|not) (?:screwed|slopped)|\bvariation by\b",
    r"\b(?:club|dance|house|techno|trance|disco|jungle|dnb) version\b",
)
_MIX = (r"\bmix(?:es)?\b(?! ?tape|-)",)
_ACOUSTIC = (
    r"\bacoustic(?:a|al|ally)?\b|\bunplugged\b|\bstripped(?: ?(?:down|back|version))?\b",
    r"\bacustic[oa]s?\b|\bacoustique\b|\bakustik|\bakustisch|\bakustisk|\bakustinen",
    r"\bakoestisch|\bakusticna|\bakusticn",
    r"\bpiano (?:version|ver|acoustic|& vocal|and vocal|vocal)\b|\bversion piano\b",
    r"\bklavierversion\b|\bcampfire (?:version|mix)\b|акусти|アコースティック|アコギ",
    r"어쿠스틱|不插电|不插電|原声吉他",
)
_DEMO = (
    r"\bdemos?\b|\brehearsals?\b|\brough (?:mix|cut|version|take)\b|\bmonitor mix\b",
    r"\bearly mix\b",
    (
        r"\b(?:alt|alt\.|alternate|alternative|early|first|second|original|unreleased|long"
        r"|short|complete|breakdown|incomplete) takes?\b"
    ),
    r"\btakes? \d+\b|\btake (?:one|two|three)\b",
    (
        r"\b(?:alt\.?|alternate|alternative|early|unfinished|working|unused) (?:version|mix"
        r"|ver|draft)\b"
    ),
    r"\bout-?takes?\b|\bhome record|\bhome tape|\bvoice memo\b|\bwork(?:ing)? tape\b",
    r"\bfalse start\b|\bwork in progress\b|\bsongwriting\b|\bsound city session\b",
    r"\b(?:studio|writing) sessions?$|\bmaquette\b|\bmaquetas?\b|\bprovin[oi]\b",
    r"\bdemoversion\b|\bdemoaufnahme\b|\bprobeaufnahme\b|демо|デモ|데모|小样|試唱|试唱",
    r"черновик",
)
_KARAOKE = (
    r"karaoke|\bbacking tracks?\b|\bin the style of\b|\bminus[- ]one\b|\boff[- ]?vocal",
    r"\bplay[- ]?along\b|\bsing[- ]?along\b|\bplayback\b|\bperformance track\b",
    r"\bwithout vocals?\b|\bno vocals?\b|\bvocals? removed\b|\bsans voix\b|\bbase musicale\b",
    r"\bpista musical\b|\bal estilo de\b|\bim stil von\b|\bdans le style de\b",
    r"\bno lead vocals?\b|\baccompaniment\b|カラオケ|караоке|노래방|伴奏|加拉ok|卡拉ok",
    r"^минус(?:овка)?$|オフボーカル|반주|\bmr\.? ?제거",
)
_COVER = (
    r"(?:^|\S )covers?$|\bcover (?:version|ver|mix|by|of|remix|de|von|di|acoustic|live)\b",
    r"^cover\s*[,:(\[\d-]",
    r"\b(?:acoustic|rock|metal|piano|guitar|punk|violin|cello|jazz|ukulele) cover\b",
    r"\bcovered by\b|\btribute (?:to|version|a|au)\b|\ba tribute\b|\btributo a\b",
    r"\bhommage a\b",
    r"\b(?:as )?(?:originally|orig\.?) (?:performed|recorded|sung|made famous|by)\b",
    r"\b(?:as )?made (?:famous|popular) by\b|\bas performed by\b|\bin the spirit of\b",
    r"\brendition of\b|\breprise de \S|\bpopularizado por\b|\brealizado por\b|歌ってみた",
    r"カバー|カヴァー|커버|翻唱|кавер",
)
_INSTRUMENTAL = (
    r"\binstrumentals?\b|\binstrumentale\b|^inst\.?$|\binst\.? (?:ver|version)|\binstr\.?$",
    r"инструментал|インスト|純音樂|纯音乐|연주|\bsans paroles\b|\bstrumentale\b",
)

PATTERNS = {
    "live": _any(*_LIVE),
    "remaster": _any(*_REMASTER),
    "remix": _any(*_REMIX),
    "mix": _any(*_MIX),
    "edit": _any(*_EDIT),
    "acoustic": _any(*_ACOUSTIC),
    "demo": _any(*_DEMO),
    "karaoke": _any(*_KARAOKE),
    "cover": _any(*_COVER),
    "instrumental": _any(*_INSTRUMENTAL),
}
"""By version; "mix" is a remix unless NO_REMIX says which mix."""

NO_REMIX = _any(
    (
        r"\b(?:original|album|single|main|full|mono|stereo|surround|quad|atmos|5\.1|final"
        r"|standard|rough|early|monitor|alternate|alternative|alt\.?|instrumental"
        r"|acoustic|karaoke|live|unplugged|lp|ep|tv|continuous|campfire) (?:(?:mono|stereo"
        r"|album|single|lp) )?mix\b"
    ),
    r"^(?:the )?(?:19|20)\d\d (?:stereo |mono )?mix$|\bin the mix\b|\bcontinuous\b",
    # by somebody it is a remix: "(Nicky Romero Radio Mix)"
    (
        r"^(?:(?:the|original|uk|us|u\.k\.|u\.s\.|album|single|short|main|new|clean|full|vocal"
        r"|extended|european|german|mtv|\d{4}) )*radio (?:(?:mono|stereo|album|single) )?mix\b"
    ),
)
NO_EDIT = _any(
    r"\bradio (?:re-?mix|dub)|\bextended(?: \S+){0,2} (?:re-?mix|mix|dub|re-?work)\b",
)
PLAIN = _any(
    (
        r"^(?:the |an? )?(?:original|album|single|main|standard|full|full[- ]length|lp|ep"
        r"|mono|stereo|explicit|clean|movie|film|soundtrack|studio|uncensored|censored|dirty"
        r"|video|7\"|7''|7 inch|7-inch|hq|hd|4k|deluxe|bonus|hidden|title|promo|cd|vinyl"
        r"|digital|lyric|lyrics|official|us|uk|international|japanese bonus|complete|uncut"
        r"|unedited|normal|regular)(?:[\s/,;&-]+(?:version|ver|mix|track|edition|single"
        r"|recording|cut|audio|video|master|lyric|lyrics|mono|stereo|album|music|original"
        r"|explicit|motion picture|soundtrack|visuali[sz]er|\d{4}))*\.?$"
    ),
    (
        r"^(?:(?:love |main |end )?(?:theme|title|song|music)s? )?(?:from|de la pelicula"
        r"|aus dem film|dal film|du film|tire du film|del film|da novela) \S"
    ),
    (
        r"\b(?:motion picture|original soundtrack|soundtrack version|banda sonora"
        r"|bande originale|film version|movie version|colonna sonora)\b"
    ),
    r"\bo\.?s\.?t\.?$",
    (
        r"^(?:\d+(?:st|nd|rd|th) anniversary|expanded|special|limited|super deluxe"
        r"|collector'?s|legacy)(?: (?:super )?(?:deluxe )?(?:edition|version|issue))?$"
    ),
    r"\S (?:version|ver\.?|バージョン|ヴァージョン|버전|版|версия)$",
    r"^ver\.?(?:sion|sio|sao)? \S|^re-?recorded(?: version| \d{4})?$",
    r"^version (?:originale?|album)$|^(?:bonus|hidden) tracks?\b|\balbumversion\b",
    r"^originalversion$|^(?:new|re-?)recording$|^version album$|^オリジナル|^a ?cappella$",
    r"^acapella$|^8d audio$|^原版$|^оригинал",
)
BARE = _any(
    r"\s(?:(?:19|20)\d\d )?(?:digital(?:ly)? )?re-?master(?:ed)?(?: version)?(?: (?:19|20)\d\d)?$",
    r"\s(?:radio|single|album|video|club|extended) (?:edit|mix|version)$",
    r"\soriginal (?:mix|version)$",
    r"\s(?:acoustic|live|karaoke|instrumental|demo|cover|extended) ver(?:sion|\.)?$",
    r"\sacoustic$|\svip(?: mix)?$|\slive (?:at|from) (?:the )?\S.*$|\slive (?:19|20)\d\d$",
    r"(?<!\bthe)(?<!\bto)(?<!\bmy)(?<!\bthis)(?<!\ba)\sre-?mix$|\s(?:dub|club|extended) mix$",
    r"\s(?:en vivo|ao vivo|en directo|dal vivo|en concert)$|\sunplugged$",
)
BARE_LAST = frozenset(
    (
        *("remaster", "remastered", "re-master", "re-mastered", "version", "edit", "mix", "vip"),
        *(
            "remix",
            "re-mix",
            "acoustic",
            "ver",
            "ver.",
            "live",
            "vivo",
            "directo",
            "concert",
            "unplugged",
        ),
        *map(str, range(1940, 2060)),
    )
)
"""The last words that a bare mark may have; a quick look before BARE."""
