"""From shares of a score to plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.records import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from musicrec_core.recommender.taste.scoring import Contribution

# (group, raised the score) -> what to say with a song, with a tag, with neither.
_WORDS: dict[tuple[str, bool], tuple[str, str, str]] = {
    ("sound", True): (
        "sounds like {song}, which you liked",
        "",
        "its sound suits your likes and dislikes",
    ),
    ("sound", False): (
        "you dislike {song}, which sounds like this",
        "",
        "its sound goes against your likes and dislikes",
    ),
    ("culture", True): (
        "from the same corner of music as {song}, which you liked",
        "",
        "artist and style suit your likes and dislikes",
    ),
    ("culture", False): (
        "you dislike {song}, from the same corner of music",
        "",
        "artist and style go against your likes and dislikes",
    ),
    ("culture by sound", True): (
        "sounds as if from the same corner of music as {song}, which you liked",
        "",
        "sounds like a style that suits your likes and dislikes",
    ),
    ("culture by sound", False): (
        "sounds as if from the same corner of music as {song}, which you dislike",
        "",
        "sounds like a style that goes against your likes and dislikes",
    ),
    ("tags", True): (
        "shares tags with {song}, which you liked",
        "tagged {tag}, like what you like",
        "its tags suit your likes and dislikes",
    ),
    ("tags", False): (
        "shares tags with {song}, which you dislike",
        "tagged {tag}, like what you dislike",
        "its tags go against your likes and dislikes",
    ),
    ("artist", True): (
        "by the artist of {song}, which you liked",
        "",
        "its artist suits your likes and dislikes",
    ),
    ("artist", False): (
        "by the artist of {song}, which you dislike",
        "",
        "you have not taken to this artist",
    ),
    ("era", True): (
        "from about the same time as {song}, which you liked",
        "",
        "its time suits your likes and dislikes",
    ),
    ("era", False): (
        "from about the same time as {song}, which you dislike",
        "",
        "its time goes against your likes and dislikes",
    ),
    ("character", True): (
        "tempo and energy like {song}, which you liked",
        "",
        "its tempo and energy suit your likes and dislikes",
    ),
    ("character", False): (
        "tempo and energy like {song}, which you dislike",
        "",
        "its tempo and energy go against your likes and dislikes",
    ),
    ("popular", True): (
        "",
        "many people like {tag} music",
        "more than usual like what many people like",
    ),
    ("popular", False): (
        "",
        "fewer people like {tag} music",
        "less than usual like what many people like",
    ),
    ("seed_sound", True): ("close to {song} in sound", "", "close in sound"),
    ("seed_culture", True): ("from the same corner of music as {song}", "", "close in style"),
    ("seed_culture by sound", True): (
        "sounds as if from the same corner of music as {song}",
        "",
        "sounds close in style",
    ),
    ("seed_tags", True): ("shares tags with {song}", "", "shares tags"),
}
_UNNAMED = (("its {group} raises the score"), ("its {group} lowers the score"))


def reasons(
    contributions: Sequence[Contribution],
    label_of_row: Callable[[int], str],
    guessed: bool = False,
) -> tuple[Reason, ...]:
    """Reasons in order of weight; weights are shares of the score's distance from the ordinary.

    label_of_row: what to call a recording, such as `Artist - Title`. guessed: whether the
    recording's culture is a guess from its sound.
    """
    if not contributions:
        return (Reason("nothing known so far sets it apart", 0.0, "none"),)
    whole = sum(abs(term.weight) for term in contributions) or 1.0
    ordered = sorted(contributions, key=lambda term: -abs(term.weight))
    return tuple(
        Reason(_sentence(term, label_of_row, guessed), round(term.weight / whole, 4), term.group)
        for term in ordered
    )


def _sentence(term: Contribution, label_of_row: Callable[[int], str], guessed: bool) -> str:
    raised = term.weight > 0
    by_sound = _WORDS.get((f"{term.group} by sound", raised)) if guessed else None
    words = by_sound or _WORDS.get((term.group, raised))
    if words is None:
        return _UNNAMED[0 if raised else 1].format(group=term.group)
    with_song, with_tag, plain = words
    if term.evidence_tag is not None and with_tag:
        return with_tag.format(tag=term.evidence_tag)
    if term.evidence_row is not None and with_song:
        return with_song.format(song=label_of_row(term.evidence_row))
    return plain
