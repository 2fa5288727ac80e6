"""Train the bundled ears and write models/ears.safetensors and models/ears.json.

    python -m training.train_ears --music DIR --songs DIR [--cache DIR]

The music folder holds moods.csv and listeners.csv with their clips, the songs folder free music
without labels. No sound ships, only weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.recommender.ears import Ears
from training.ears_data import VIEWS, Analyst, Clips, Songs, read_listeners, read_moods, read_songs
from training.ears_fit import EarsRecipe, Lessons, train_ears

MOODS, GENRES = 80, 16
MODELS = Path(__file__).resolve().parent.parent / "models"
DATA = [
    "4Q-TAFFC (Panda, Malheiro, Paiva, IEEE TAFFC 2018), research use: labels",
    "Emotify (Aljanaki, Wiering, Veltkamp 2016), CC BY-NC-SA: mean answers, genres, who made what",
    "Songs of Debian's game packages, free licences: excerpts and codecs",
]


def main() -> None:
    """Train on everything there is and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/ears"))
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    analyst = Analyst(args.cache)
    clips = read_moods(args.music, analyst, MOODS, GENRES)
    songs = read_songs(args.songs, analyst)
    lessons = make_lessons(clips, songs, read_listeners(args.music, analyst, clips))
    recipe = EarsRecipe()
    write(train_ears(lessons, recipe, args.seed, "", FEATURE_VERSION), recipe, args.out)


def make_lessons(clips: Clips, songs: Songs, others: Clips | None = None) -> Lessons:
    """Every view of a clip is a lesson; views and songs of one artist are alike."""
    taught = [clips] if others is None else [clips, others]
    pools = [(part.views, part.artists) for part in taught]
    pools += [(songs.views, np.array([f"song {i}" for i in range(len(songs.views))]))]
    size = clips.views.shape[2]
    names = np.concatenate([np.repeat(names, views.shape[1]) for views, names in pools])
    features = np.concatenate([part.views.reshape(-1, size) for part in taught])
    return Lessons(
        features=features,
        labels=np.concatenate([np.repeat(part.labels, VIEWS, axis=0) for part in taught]),
        anchors=np.arange(0, len(features), VIEWS),
        changes=songs.changes,
        alike=np.concatenate([views.reshape(-1, size) for views, _ in pools]),
        alike_group=np.unique(names, return_inverse=True)[1],
        mood_names=clips.moods,
        genre_names=clips.genres,
    )


def write(ears: Ears, recipe: EarsRecipe, out: Path) -> None:
    """Weights as safetensors, names and checksum as JSON."""
    from safetensors.numpy import save

    data = save({name: np.ascontiguousarray(array) for name, array in ears.weights.items()})
    digest = hashlib.sha256(data).hexdigest()
    ears = replace(ears, version=f"ears-{FEATURE_VERSION}-{digest[:8]}")
    card = {
        "version": ears.version,
        "feature_version": FEATURE_VERSION,
        "feature_size": ears.feature_size,
        "members": recipe.members,
        "hidden": recipe.hidden,
        "anchors": len(ears.weights["anchor"]),
        "embedding_sizes": (recipe.sound_size, recipe.meaning_size),
        "moods": ears.mood_names,
        "genres": ears.genre_names,
        "data": DATA,
        "sha256": digest,
    }
    (out / "ears.safetensors").write_bytes(data)
    (out / "ears.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
