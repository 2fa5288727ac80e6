"""What a use case has to tell besides its answer: a code and its values.

Each front end says it in its own words: `sentence` is the plain one, and what would help is a
code too, which a command line words as a command and a screen as a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

NoticeCode: TypeAlias = Literal[
    "scan-first",
    "all-away",
    "hear-again",
    "retrain-due",
    "model-trouble",
    "few-fit",
    "few-groups",
    "dials-for-you",
    "close-unknown",
    "familiar-unknown",
    "popular-unknown",
    "tag-heard",
    "tag-nearest",
    "tag-sounds-near",
    "tag-by-artist",
    "wish-not-understood",
    "wish-not-judged",
    "wish-no-evidence",
    "wish-absent",
    "wish-few",
    "model-silent",
]
Remedy: TypeAlias = Literal["scan", "scan-folder", "retrain"]

_SENTENCES: Mapping[NoticeCode, str] = {
    "scan-first": "scan your music",
    "all-away": "{away}, and every song there: mount the drive, then scan",
    "hear-again": "{count} songs were listened to by an earlier version of musicrec and are to be "
    "listened to anew",
    "retrain-due": "{count} new opinions since the last training",
    "model-trouble": "{trouble}",
    "few-fit": "{fitting}{why}",
    "few-groups": "{fitting}{why}",
    "dials-for-you": "these count in lists for you only: {dials}",
    "close-unknown": "nothing was liked yet that songs could lie near to or far from",
    "familiar-unknown": "nothing was heard or liked yet, so that everything is new",
    "popular-unknown": "how well known these artists are is not known here, so that it could not "
    "count; Last.fm can tell: see `musicrec lastfm --help`",
    "tag-heard": "no song is tagged {tag!r}; these sound like it",
    "tag-nearest": "no song is tagged {tag!r}; {nearest!r} is the nearest tag in your library",
    "tag-sounds-near": "no song is tagged {tag!r}; these sound most like it, by what is heard as "
    "{named}",
    "tag-by-artist": "no song is tagged {tag!r}; these are by artists who are known for it",
    "wish-not-understood": "{words!r} was not understood",
    "wish-not-judged": "{words!r} could not count: {what} not known here",
    "wish-no-evidence": "{words!r} could not count: nothing tells which of your songs it fits",
    "wish-absent": "{name!r} is not in your library",
    "wish-few": "{count} songs meet all of it; the others come nearest",
    "model-silent": "the language model did not help: {why}",
}
_REMEDIES: Mapping[NoticeCode, Remedy] = {
    "hear-again": "scan",
    "retrain-due": "retrain",
}


def _fitting(count: object, kind: object) -> str:
    """How few songs, or albums, fit, as the beginning of a sentence."""
    if count == 0:
        return f"no {kind} fits"
    return f"only one {kind} fits" if count == 1 else f"only {count} {kind}s fit"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell; `values` are what its sentence names."""

    code: NoticeCode
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def sentence(self) -> str:
        """In plain words, without what to do about it."""
        fitting = _fitting(self.values.get("count"), self.values.get("kind", "song"))
        return _SENTENCES[self.code].format(fitting=fitting, **self.values)

    @property
    def remedy(self) -> Remedy | None:
        """What would help, None where nothing need be done."""
        if self.code == "scan-first":
            return "scan" if self.values.get("roots") else "scan-folder"
        return _REMEDIES.get(self.code)


def worded(notice: Notice, remedies: Mapping[Remedy, str]) -> str:
    """The sentence, and after a colon what would help in a front end's own words."""
    remedy = notice.remedy
    return notice.sentence if remedy is None else f"{notice.sentence}: {remedies[remedy]}"
