"""The words of the seasons, folded; "*" stands for any ending, a lone word for itself."""

from __future__ import annotations

SEASONS: dict[str, tuple[str, ...]] = {
    "christmas": (
        # English
        "christmas*, xmas*, x mas, yuletide, santa claus, santaclaus, father christmas, mistletoe",
        "jingle bell, jingle bells, silent night, o holy night, oh holy night, let it snow",
        "sleigh ride, reindeer*, frosty the snowman, deck the hall, deck the halls, drummer boy",
        "carol of the bells, winter wonderland, rudolph the, run rudolph, saint nick*, st nick",
        "st nicholas, nativity, town of bethlehem, fairytale of new york, stop the cavalry",
        "joy to the world",
        "away in a manger, the first noel, hark the herald, good king wenceslas, in dulci jubilo",
        "o come all ye faithful, come all ye faithful, adeste fideles, god rest ye, god rest you",
        "once in royal david, once in royal davids, it came upon a midnight, boy child",
        "holly jolly",
        "it came upon the midnight, baby its cold outside, its cold outside, mary did you know",
        "most wonderful time of the year, ding dong merrily, up on the housetop, marshmallow world",
        "do you hear what i hear, holly and the ivy, little saint nick, santas, santa s",
        "dear santa",
        "santa baby, santa tell, santa bring, santa looked, santa is, here comes santa, hey santa",
        "bad santa, santa can, santa came, santa got, santa wants, santa please, secret santa",
        "mommy kissing santa, santa and, santa mouse, santa dog, hang your lights, elf dance",
        "what child is this, angels we have heard, twelve days of, we three kings, wassail*",
        "in the bleak midwinter, coventry carol, wexford carol, sussex carol",
        "bell carol, carolling",
        "o come o come emmanuel, veni veni emmanuel, veni emmanuel, 2000 miles, chestnuts roasting",
        "i saw three ships, mr grinch, pretty paper, walking in the air, dominick the donkey",
        "jolly old saint nicholas, jolly old st nicholas, suzy snowflake, cool yule",
        "underneath the tree, happy holiday, happy holidays, home for the holidays, silver bells",
        "carol of the drum, while shepherds watched, the friendly beasts, gaudete",
        "ring out solstice bells, a spaceman came travelling, mele kalikimaka",
        # songs whose names are theirs alone
        "jingle all the way, breath of heaven, mitt hjerte alltid vanker, will be like a holiday",
        "old toy trains, light of the stable, gabriels message, my only wish",
        "donna and blitzen, blitzen, shepherds pipe carol, the man with all the toys",
        "santa claws, riu riu chiu, grandma got run over by a reindeer",
        "nuttin for christmas, boogie woogie santa claus, the night santa went crazy",
        "snoopys christmas, little altar boy, the night santa went crazy",
        "the chipmunk song, the holly and the ivy, a nonsense christmas",
        "calypso carol, cherry tree carol, star carol, candlelight carol, carol of the birds",
        "boars head carol, personent hodie",
        "bethlehem down, the angel gabriel, sans day carol, lully lullay, lullay my liking",
        "es wird scho glei dumpa, still still still, maria durch den dornwald, dezembertraume",
        "es ist fur uns eine zeit angekommen, nu zijt wellekome, deilig er jorden, et barn er fodt",
        "december will be magic, holidays are coming, when a child is born",
        "make it through december",
        "yule, ceremony of carols, christmas carols, go tell it on the mountain, huron carol",
        "me santa, you santa, your santa, my santa, believe in santa, be santa",
        "door santa",
        "for santa claus, thank you santa, real santa",
        "santa drives, santa drove, santa dont, santa never, santa wont, santa won, santa has",
        "santas coming, santa come, santa comes, santa stole, santa lost, santa knows, santa gave",
        # German, Dutch and Nordic
        "lasst uns froh und munter, morgen kinder wirds was geben, maria durch ein dornwald",
        "macht hoch die tur, der kleine trommler, stille stille kein gerausch, heiligste nacht",
        "nikolaus komm in unser haus, o denneboom, komt allen tezamen, bjallerklang",
        "pa laven sitter nissen, betlehems, betlehem, et barn er fodt i betlehem, julekveld*",
        "susser die glocken, alle jahre wieder, schneeflockchen, es ist ein ros, vom himmel hoch",
        "juleljus, tomtegubbar, mot jul, ar det jul, staffan var en, sankta lucia, nar det lider",
        "weihnacht*, wiehnacht*, christkind*, stille nacht, tannenbaum, o du frohliche",
        "kling glockchen, leise rieselt, nikolausabend, ihr kinderlein",
        "kommet ihr hirten, kerst, kerstmis",
        "kerstfeest, kerstlied*, kerstnacht, kerstavond, kerstboom, kersttijd",
        "sinterklaas*, stille nacht, juletid*, julen, julens, julaften, julafton",
        "julesang*, jultid",
        "julmand*, julenatt*, juletrae*, god jul, til jul, till jul, glade jul, glaedelig jul",
        "jul jul, jultomten, tomten, joulu*, tonttu*, stralande jul, vit jul, glad jul",
        "jol, julsang*",
        # Romance
        "tamborilero, el nino del tambor, ya vienen los reyes, a la nanita nana, marimorena",
        "arre borriquito, bianco natal, d ou viens tu bergere, entre le boeuf et l ane gris",
        "navidad*, navideno, navidena, navidenos, nochebuena, villancico*, noche de paz",
        "papai noel",
        "los peces en el rio, santa claus, papa noel, pere noel, natale, natalizi*, feliz natal",
        "tu scendi dalle stelle, noite feliz, e natal, natal branco, de natal, do natal, no natal",
        "minuit chretien, minuit chretiens, vive le vent, mon beau sapin, douce nuit, noel, nadal",
        "il est ne le divin enfant, craciun*, colinde, o ce veste, nadales, astro del ciel",
        "les anges dans nos campagnes, del chiquirritin, chiquirriquitin, campana sobre campana",
        "burrito sabanero, blanca navidad",
        "campanas de belen, belen, fum fum fum, bate o sino, quanno nascette ninno, en belen",
        # Slavic, Hungarian, Baltic
        "przybiezeli do betlejem, jezus malusienki, wsrod nocnej ciszy, gdy sie chrystus rodzi",
        "nesem vam noviny, narodil se kristus pan, mennybol az angyal",
        "boze narodzenie, koleda*, koledy, wesolych swiat, cicha noc, bog sie rodzi, lulajze*",
        "dzisiaj w betlejem, vanoc*, vanoce, ticha noc, karacsony*, bozic*, sretan bozic, kaledos",
    ),
    "halloween": (
        "halloween, halloweens, halloweentown, all hallows eve, hallowe en",
        "monster mash, spooky scary skeletons, trick or treat, samhain",
        "noche de brujas, haunted house party",
    ),
    "new year": (
        "happy new year*, new years eve, auld lang syne, bonne annee, feliz ano, prospero ano",
        "ano nuevo, ano novo, frohes neues, neujahr*, silvesternacht, buon anno, gott nytt ar",
        "godt nytar, szczesliwego nowego roku, gelukkig nieuwjaar, la multi ani",
    ),
    "hanukkah": (
        "hanukkah*, chanukah*, hannukah, hanukah, chanukkah, dreidel, janucah",
        "maoz tzur, maoz tsur, ocho kandelikas",
    ),
    "easter": (
        "easter parade, easter bunny, easter egg, easter eggs, easter sunday, easter oratorio",
        "easter hymn, easter song, easter morning, happy easter, peter cottontail, frohe ostern",
        "osteroratorium, oster oratorium, osterhase*, joyeuses paques, buona pasqua",
        "felices pascuas",
    ),
    "valentine": ("happy valentine*, be my valentine, valentines day song, valentines day party",),
}
"""By season; the first that a text names counts."""

ANYWHERE: dict[str, tuple[str, ...]] = {
    "christmas": (
        *(
            "weihnacht",
            "joulu",
            "クリスマス",
            "サンタ",
            "メリクリ",
            "きよしこの夜",
            "聖しこの夜",
            "赤鼻のトナカイ",
            "ジングルベル",
            "聖誕",
            "圣诞",
        ),
        *(
            "平安夜",
            "크리스마스",
            "징글벨",
            "고요한 밤",
            "캐럴",
            "в лесу родилась",
            "рождеств",
            "χριστουγενν",
            "ميلاد مجيد",
            "חג המולד",
        ),
    ),
    "halloween": ("ハロウィン", "хэллоуин", "хеллоуин", "万圣", "萬聖", "할로윈"),
    "new year": (
        *("новогодн", "новый год", "новым годом", "お正月", "新年", "恭喜", "賀年", "贺年", "새해"),
    ),
    "hanukkah": ("חנוכה",),
}
"""What tells of a season inside a longer word too."""

NOT_CHRISTMAS = (
    *(
        "mr lawrence",
        "nightmare before christmas",
        "noel gallagher",
        "noel coward",
        "noel harrison",
    ),
    *(
        "noel pointer",
        "noel redding",
        "black christmas",
        "christmas steps",
        "戦場のメリークリスマス",
        "nadal nadal",
        "nativity in black",
        "silent night fever",
        "silent night bodom night",
        "nicholas park",
        "reindeer games",
        "auld lang syne",
    ),
)
"""Names that hold a word of Christmas and are of no season."""

BY: dict[str, tuple[str, ...]] = {
    "snowman": ("sia",),
    "glow": ("brett eldredge",),
    "joy": ("tracey thorn",),
    "snow": ("bing crosby",),
    "another year has gone by": ("celine dion",),
    "under the tree": ("ed sheeran",),
    "man with the bag": ("kay starr", "jessie j"),
    "merry and bright": ("ella henderson",),
    "elfs lament": ("barenaked ladies",),
    "one more sleep": ("leona lewis",),
    "cold december night": ("michael buble",),
    "naughty list": ("liam payne",),
    "wintersong": ("sarah mclachlan",),
    "get into the spirit": ("rob halford", "halford"),
}
"""Songs of Christmas with names that others have too, by who made them."""

NOT_BY: dict[str, tuple[str, ...]] = {
    "joy to the world": ("three dog night", "hoyt axton"),
    "silent night": ("bon jovi",),
}
"""Songs of no season that share the name of a carol, by who made them."""

GENRES: dict[str, tuple[str, ...]] = {
    "christmas": (
        "christmas*, xmas*, holiday, holidays, weihnacht*, noel, navidad*, natale, natal",
        "villancico*, kerst*, julmusik, carols, koledy, joulu*, vanocni",
    ),
    "halloween": ("halloween",),
    "easter": ("easter, ostern",),
    "hanukkah": ("hanukkah, chanukah",),
}
