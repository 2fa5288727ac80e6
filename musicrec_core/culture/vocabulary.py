"""The words that tag hygiene knows, one spelling each, by class. Data only.

Lists are comma-separated text so that they read and diff like prose. A name's other spellings
(spaces, hyphens, "&") need no entry here: `hygiene` folds them; `ALIASES` holds only what folding
cannot see. An alias may stand for several tags, separated by ";".
"""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", " ").split(",") if name.strip())


GENRES = _names("""
2-step, 8-bit, a cappella, abstract hip-hop, acid house, acid jazz, acid techno, acoustic rock,
afrobeat, album rock, alt-country, alternative, alternative dance, alternative metal, alternative
rock, ambient, americana, anti-folk, art pop, art rock, avant-garde, bachata, balkan, ballad,
baroque, baroque pop, bebop, bhangra, big band, big beat, black metal, blackgaze, bluegrass, blues,
blues rock, bolero, bossa nova, breakbeat, breakcore, british blues, british invasion, britpop,
brutal death metal, cabaret, chamber music, chamber pop, chanson, children's music, chillout,
chillwave, chiptune, christian, christian metal, christian rock, christmas, city pop, classic
country, classic rock, classical, college rock, comedy, contemporary christian, contemporary
classical, country, country pop, country rock, crossover, crunk, crust punk, cumbia, dance,
dance-pop, dance-punk, dancehall, dark ambient, dark electro, darkwave, death metal, deathcore,
deep house, delta blues, digital hardcore, disco, doom metal, downtempo, dream pop, drone, drum and
bass, dub, dub techno, dubstep, easy listening, ebm, electric blues, electro, electro house,
electro-industrial, electroclash, electronic, electronica, electropop, emo, emocore, ethnic,
eurodance, europop, experimental, experimental rock, fado, fandango, flamenco, folk, folk metal,
folk rock, forro, freak folk, free jazz, freestyle, funk, funk metal, funk rock, fusion, future
garage, futurepop, g-funk, gabber, gangsta rap, garage, garage punk, garage rock, glam, glam metal,
glam rock, glitch, goa trance, gospel, goth, gothic, gothic metal, gothic rock, grime, grindcore,
groove metal, grunge, gypsy jazz, hair metal, happy hardcore, hard bop, hard rock, hardcore,
hardcore punk, hardstyle, heavy metal, hip-hop, horror punk, house, idm, illbient, indie, indie
folk, indie pop, indie rock, indietronica, industrial, industrial metal, industrial rock,
instrumental, instrumental hip-hop, instrumental rock, italo disco, j-pop, j-rock, jam band, jazz,
jazz funk, jazz fusion, jazz rock, jazz vocal, jungle, k-pop, klezmer, krautrock, latin, latin
jazz, latin pop, latin rock, lo-fi, lounge, madchester, mambo, march, math rock, mathcore,
medieval, melodic death metal, melodic hardcore, melodic metal, merengue, metal, metalcore,
microhouse, minimal, minimal techno, mod, modern classical, motown, mpb, musical, neoclassical,
neofolk, neo-psychedelia, neo-soul, new age, new beat, new rave, new romantic, new wave, new wave
of british heavy metal, new weird america, nintendocore, no wave, noise, noise pop, noise rock, nu
jazz, nu metal, oldies, opera, outlaw country, pop, pop punk, pop rock, polka, post-grunge,
post-hardcore, post-metal, post-punk, post-punk revival, post-rock, power metal, power pop,
progressive, progressive death metal, progressive house, progressive metal, progressive rock,
progressive trance, proto-punk, psybient, psychedelic, psychedelic folk, psychedelic pop,
psychedelic rock, psychedelic trance, psychobilly, punk, punk blues, punk rock, queercore, r&b,
ragga, ragtime, rai, rap, rap metal, rap rock, rapcore, rave, reggae, reggaeton, riot grrrl, rock,
rock and roll, rockabilly, rocksteady, roots reggae, salsa, samba, schlager, score, screamo,
sertanejo, shoegaze, singer-songwriter, ska, ska punk, slowcore, sludge metal, smooth jazz, soca,
soft rock, son cubano, soukous, soul, soundtrack, southern rap, southern rock, space rock, speed
metal, spoken word, stoner rock, straight edge, stride, surf rock, swing, symphonic metal,
symphonic rock, synthpop, synthwave, tango, tech house, technical death metal, techno, teen pop,
thrash metal, trad jazz, trance, trap, tribal, trip-hop, trova, turntablism, twee pop, uk garage,
vaporwave, viking metal, visual kei, vocal, vocal jazz, vocal trance, western swing, witch house,
world, worship, yacht rock, zouk, zydeco
""")

MOODS = _names("""
aggressive, angry, anguished, angst, anxious, ambitious, atmospheric, autumnal, beautiful, bitter,
bittersweet, bleak, boisterous, bouncy, brash, bright, brooding, calm, campy, carefree, cathartic,
cerebral, cheerful, chill, circular, cold, complex, confident, confrontational, cute, cynical,
dark, deep, delicate, depressing, depressive, desperate, detached, dramatic, dreamy, driving,
druggy, earnest, earthy, eccentric, eerie, elegant, elaborate, emotional, energetic, epic,
ethereal, exciting, explosive, exuberant, fierce, fiery, fun, funny, gentle, gleeful, gloomy,
greasy, groovy, happy, harsh, haunting, heavy, hostile, humorous, hypnotic, innocent, intense,
intimate, joyful, joyous, languid, lazy, light, lively, lush, love songs, malevolent, manic,
meditative, melancholy, mellow, melodic, menacing, messy, miserable, monumental, mysterious,
mystical, naive, negative, nervous, nihilistic, nocturnal, nostalgic, ominous, optimistic, organic,
outrageous, paranoid, party, passionate, peaceful, playful, poignant, positive, powerful, precious,
provocative, psychotic, quiet, quirky, rambunctious, raucous, raw, rebellious, reckless,
reflective, refined, relaxing, reserved, restrained, reverent, rollicking, romantic, rousing,
rowdy, sad, sardonic, searching, sensual, sentimental, serious, sexy, silly, slick, sleepy, smooth,
soft, somber, soothing, sophisticated, sparkling, sparse, spicy, spiritual, spooky, springlike,
stylish, summer, suspenseful, sweet, swaggering, tender, tense, theatrical, thoughtful,
threatening, thuggish, trashy, trippy, uncompromising, unsettling, uplifting, upbeat, urban,
urgent, visceral, volatile, warm, weary, weird, whimsical, wintry, wistful, witty, wry, yearning
""")

PLACES = _names("""
african, american, arabic, argentine, asian, atlanta, australian, austrian, bay area, belgian,
berlin, boston, brazilian, bristol, british, californian, canadian, caribbean, catalan, chicago,
chilean, chinese, colombian, croatian, cuban, czech, danish, detroit, dutch, east coast, egyptian,
english, estonian, ethiopian, european, finnish, french, german, ghanaian, greek, hawaiian, hebrew,
hungarian, icelandic, indian, indonesian, iranian, irish, israeli, italian, jamaican, japanese,
kenyan, korean, latin american, latvian, lithuanian, liverpool, london, los angeles, malian,
manchester, memphis, mexican, nashville, new orleans, new york, new zealand, nigerian, nordic,
norwegian, peruvian, philadelphia, philippine, polish, portuguese, puerto rican, quebec, romanian,
russian, san francisco, scandinavian, scottish, seattle, senegalese, serbian, slovak, slovenian,
south african, spanish, swedish, swiss, texan, thai, toronto, turkish, ukrainian, venezuelan,
vietnamese, welsh, west coast
""")

INSTRUMENTS = _names("""
accordion, acoustic, acoustic guitar, banjo, bass, bass guitar, bassoon, beatbox, cello, choir,
clarinet, didgeridoo, double bass, drums, electric guitar, female vocalists, fiddle, flute, guitar,
guitar virtuoso, hammond organ, handclaps, harmonica, harp, harpsichord, horns, keyboard, male
vocalists, mandolin, marimba, oboe, orchestra, orchestral, organ, percussion, piano, saxophone,
sitar, slide guitar, steel guitar, string quartet, strings, synth, theremin, trombone, trumpet,
turntables, ukulele, vibraphone, viola, violin, vocoder
""")

ALIASES = {
    name.strip(): meaning.strip()
    for name, _, meaning in (
        line.partition(":")
        for line in """
alt: alternative
alternativ: alternative
alternative and punk: alternative; punk
alternative and indie: alternative; indie
alt rock: alternative rock
altrock: alternative rock
alternrock: alternative rock
avantgarde: avant-garde
bebop jazz: bebop
bigbeat: big beat
britrock: british rock
childrens: children's music
children's: children's music
chill out: chillout
chanson francaise: chanson
christmas music: christmas
xmas: christmas
contemporary rnb: r&b
contemporary r&b: r&b
r and b: r&b
rnb: r&b
r n b: r&b
rhythm and blues: r&b
rhythm n blues: r&b
urban contemporary: r&b
dnb: drum and bass
d&b: drum and bass
drum n bass: drum and bass
drumnbass: drum and bass
electronic music: electronic
electronique: electronic
eletronic: electronic
electro pop: electropop
electronic body music: ebm
folk, world, and country: folk; world; country
film score: score
film music: soundtrack
film soundtrack: soundtrack
movie soundtrack: soundtrack
ost: soundtrack
soundtracks: soundtrack
games: video game music
game: video game music
game music: video game music
goa: goa trance
hip hop and rap: hip-hop; rap
hard core: hardcore
intelligent dance music: idm
jazz and funk: jazz funk
japanese pop: j-pop
japanese rock: j-rock
korean pop: k-pop
lofi: lo-fi
low fi: lo-fi
melodeath: melodic death metal
musica popular brasileira: mpb
music for children: children's music
nu-soul: neo-soul
nwobhm: new wave of british heavy metal
old school: oldschool
post punk revival: post-punk revival
prog: progressive
prog rock: progressive rock
prog metal: progressive metal
psych rock: psychedelic rock
psych: psychedelic
psychedelia: psychedelic
psy trance: psychedelic trance
psytrance: psychedelic trance
riot grrl: riot grrrl
riot girl: riot grrrl
rock n roll: rock and roll
rock'n'roll: rock and roll
rock'n roll: rock and roll
rap and hip hop: hip-hop; rap
sludge: sludge metal
thrash: thrash metal
triphop: trip-hop
twee: twee pop
world music: world
shoegazer: shoegaze
shoegazing: shoegaze
stoner: stoner rock
synth pop: synthpop
cover: covers
cover songs: covers
angst-ridden: angst
anguished distraught: anguished
chilled: chill
depressed: depressive
joyful music: joyful
love song: love songs
melancholic: melancholy
melancholia: melancholy
nostalgia: nostalgic
peace: peaceful
relax: relaxing
relaxed: relaxing
romance: romantic
sadness: sad
summertime: summer
sensuous: sensual
sombre: somber
female: female vocalists
female vocal: female vocalists
female vocals: female vocalists
female vocalist: female vocalists
female voice: female vocalists
female voices: female vocalists
female singer: female vocalists
female singers: female vocalists
female artists: female vocalists
female fronted: female vocalists
girl singers: female vocalists
male: male vocalists
male vocal: male vocalists
male vocals: male vocalists
male vocalist: male vocalists
male voice: male vocalists
male singer: male vocalists
male singers: male vocalists
sax: saxophone
synthesizer: synth
synthesizers: synth
synths: synth
keyboards: keyboard
drum: drums
violins: violin
africa: african
america: american
usa: american
us: american
united states: american
united states of america: american
argentina: argentine
arab: arabic
asia: asian
australia: australian
aussie: australian
austria: austrian
belgium: belgian
brasil: brazilian
brazil: brazilian
brasileira: brazilian
brasileiro: brazilian
britain: british
great britain: british
uk: british
united kingdom: british
california: californian
canada: canadian
chile: chilean
china: chinese
colombia: colombian
croatia: croatian
cuba: cuban
czech republic: czech
denmark: danish
netherlands: dutch
holland: dutch
nederlands: dutch
england: english
estonia: estonian
europe: european
finland: finnish
suomi: finnish
france: french
francais: french
french music: french
germany: german
deutsch: german
deutschland: german
greece: greek
hungary: hungarian
iceland: icelandic
india: indian
indonesia: indonesian
iran: iranian
persian: iranian
ireland: irish
israel: israeli
italy: italian
italiano: italian
italiana: italian
jamaica: jamaican
japan: japanese
nippon: japanese
korea: korean
south korea: korean
latvia: latvian
mali: malian
mexico: mexican
mexicano: mexican
new york city: new york
nyc: new york
nigeria: nigerian
norway: norwegian
norge: norwegian
norsk: norwegian
philippines: philippine
opm: philippine
poland: polish
polska: polish
polskie: polish
portugal: portuguese
puerto rico: puerto rican
romania: romanian
russia: russian
rus: russian
scandinavia: scandinavian
scotland: scottish
senegal: senegalese
serbia: serbian
slovakia: slovak
slovenia: slovenian
spain: spanish
espanol: spanish
sweden: swedish
svenskt: swedish
svensk: swedish
switzerland: swiss
texas: texan
turkiye: turkish
turkey: turkish
turk: turkish
ukraine: ukrainian
wales: welsh
fifties: 50s
sixties: 60s
seventies: 70s
eighties: 80s
nineties: 90s
noughties: 00s
""".strip().splitlines()
    )
}

# What a name is akin to, where listeners' tags seldom hold it: only asked when the map lacks it.
KIN = {
    name: akin
    for line in """
african: highlife, kizomba, soukous
aggressive; angry: belligerent, confrontational, fierce, fiery, harsh, hostile, malevolent
aggressive; angry: menacing, outraged, outrageous, rebellious, reckless, threatening, thuggish
aggressive; angry: uncompromising, violent, visceral, volatile, negative
ambient; atmospheric: flowing, mystical, spacey, sparse, austere
arabic: rai
black metal; shoegaze: blackgaze
blues; country: cajun, zydeco
chillout; ambient: vaporwave
christmas: holiday
classical: chamber music, concerto, march, sonata, symphony
country; folk: rustic
dark; atmospheric: brooding, enigmatic, mysterious, nocturnal, ominous, sinister, spooky
dark; atmospheric: suspenseful, unsettling
dark; intense: anxious, manic, nervous, paranoid, psychotic, suffocating, tense, urgent, jittery
dark; sad: nihilistic
epic; powerful: majestic, mighty, monumental, stately, strong, triumphant
experimental; progressive: cerebral, clinical, complex, difficult, eccentric, elaborate, knotty
experimental; progressive: technical, fractured
flamenco; spanish: fandango
folk; beautiful: earthy, organic, pastoral, rural
fun; happy: children's music, campy, giddy, humorous, irreverent, jovial, playful, silly, whimsical
garage; house: 2-step
german; pop: schlager
gospel; christian: religious, reverent
happy; uplifting: amiable, carefree, celebratory, cheerful, confident, effervescent, euphoric
happy; uplifting: exuberant, gleeful, joyful, joyous, lively, optimistic, positive, springlike
happy; uplifting: bright, sparkling
hip-hop: trap, boom bap, street smart
indian; world: bhangra, bollywood
instrumental: karaoke
jazz: dixieland, hard bop, stride
jazz; piano: ragtime
latin: bachata, bolero, cumbia, mambo, merengue, rumba, son, trova
mellow; acoustic: delicate, gentle, innocent, intimate, languid, lazy, reflective, restrained
mellow; acoustic: sleepy, tender, thoughtful, warm, reserved
minimal techno: microhouse
party; energetic: boisterous, brash, exciting, explosive, freewheeling, hedonistic, rambunctious
party; energetic: raucous, rollicking, rousing, rowdy, swaggering, thrilling, bravado
psychedelic: druggy
punk: gritty, queercore, ramshackle
reggae; world: soca, zouk
sad; melancholy: anguished, angst, autumnal, bitter, bleak, desperate, gloomy, lonely, plaintive
sad; melancholy: distraught, regretful, somber, tragic, weary, wintry, yearning, cathartic
sexy: erotic, provocative, sexual, sleazy, spicy
smooth; lounge: elegant, refined, slick, sophisticated, stylish
soundtrack: score, stage and screen
synthpop; 80s: synthwave, retrowave
trip-hop; ambient: illbient
world: balkan, gamelan, international, klezmer
""".strip().splitlines()
    for akin, _, names in [line.partition(":")]
    for name in _names(names)
}

GENRE_WORDS = frozenset(
    _names("""
a cappella, bass, beat, beats, blues, classical, core, country, dance, disco, dub, electro,
electronica, emo, folk, funk, fusion, garage, gaze, goth, grunge, hardcore, hip-hop, hop, house,
indie, industrial, jazz, metal, music, noise, opera, pop, psychedelic, punk, rap, reggae, rock,
ska, soul, swing, symphony, synth, techno, trance, trap, tronica, wave
""")
)

SLASHED_NAMES = _names("singer/songwriter, ac/dc")
"""Names whose slash is no separator."""

OPINIONS = frozenset(
    _names("""
adore, addictive, amazing, awesome, awesomeness, bad, badass, band, bands, beautiful music, best,
boring, brilliant, buy, catchy, classic, cool, crap, crazy, check, check out, cool as, diva,
download, dope, edit, epic win, excellent, fantastic, fascinating, fine, fresh, fucking awesome,
genius, gold, good, good shit, great, great song, hit, hits, hot, incredible, interesting, jams,
kickass, legend, legendary, legends, like, lol, love, love it, loved, lovely, masterpiece, neat,
nice, old, outstanding, overrated, perfect, perfection, phat, popular, recommended, shit, sick,
singles, single, solid, special, superb, tags, the best, tight, top, underrated, wicked, wonderful,
wow, wtf, yay, yes
""")
)

NO_TAG = frozenset(
    _names("""
album, albums, all, artist, artists, data, default, genre, misc, miscellaneous, mixed, music, na,
n/a, nil, no genre, none, not available, null, other, others, playlist, random, sound clip, song,
songs, tagme, test, todo, track, tracks, trailer, unclassifiable, unclassified, undefined, unknown,
unknown genre, unspecified, untagged, various, various artists, various genres
""")
)

# The names of ID3v1 genre numbers, 0 to 191: https://id3.org/ID3v1 with the Winamp extensions,
# spelled as tags are spelled here; an empty name says nothing about the music.
ID3V1 = tuple(
    name.strip()
    for name in """
blues, classic rock, country, dance, disco, funk, grunge, hip-hop, jazz, metal, new age, oldies,
, pop, r&b, rap, reggae, rock, techno, industrial, alternative, ska, death metal, pranks,
soundtrack, euro-techno, ambient, trip-hop, vocal, jazz funk, fusion, trance, classical,
instrumental, acid, house, video game music, , gospel, noise, alternative rock, bass, soul, punk,
space, meditative, instrumental pop, instrumental rock, ethnic, gothic, darkwave,
techno-industrial, electronic, pop-folk, eurodance, dream, southern rock, comedy, cult,
gangsta rap, top 40, christian rap, pop/funk, jungle, native american, cabaret, new wave,
psychedelic, rave, showtunes, , lo-fi, tribal, acid punk, acid jazz, polka, retro, musical,
rock and roll, hard rock, folk, folk rock, national folk, swing, fast-fusion, bebop, latin,
revival, celtic, bluegrass, avant-garde, gothic rock, progressive rock, psychedelic rock,
symphonic rock, slow rock, big band, chorus, easy listening, acoustic, humour, speech, chanson,
opera, chamber music, sonata, symphony, booty bass, primus, porn groove, satire, slow jam, club,
tango, samba, folklore, ballad, power ballad, rhythmic soul, freestyle, duet, punk rock,
drum solo, a cappella, euro-house, dancehall, goa trance, drum and bass, club-house, hardcore,
terror, indie, britpop, afro-punk, polsk punk, beat, christian gangsta rap, heavy metal,
black metal, crossover, contemporary christian, christian rock, merengue, salsa, thrash metal,
anime, j-pop, synthpop, abstract, art rock, baroque, bhangra, big beat, breakbeat, chillout,
downtempo, dub, ebm, eclectic, electro, electroclash, emo, experimental, garage, global, idm,
illbient, industro-goth, jam band, krautrock, leftfield, lounge, math rock, new romantic,
nu-breakz, post-punk, post-rock, psychedelic trance, shoegaze, space rock, trop rock, world,
neoclassical, audiobook, audio theatre, neue deutsche welle, podcast, indie rock, g-funk, dubstep,
garage rock, psybient
""".replace("\n", " ").split(",")
)
