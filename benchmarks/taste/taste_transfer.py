"""Weights learned on artists and tags, tried on people who are known by sound alone.

    python -m benchmarks taste_transfer --music DIR [--cache DIR]

Emotify's listeners (age, gender and mother tongue together stand, roughly, for a person) and
their likes and dislikes of 160 clips. No artist of the history is among the candidates. AUC, mean
over people of the mean over draws; intervals: 95 %, paired, over people.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.data.metrics import auc
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.user import relational_inputs
from musicrec_core.recommender.models import checkpoint
from training import listener_data

SIZES = (3, 5, 10)
DRAWS = 20
FEWEST_LEFT = 6


def catalogue_of(clips: listener_data.Clips) -> Catalogue:
    """The clips with their sound and nothing else."""
    n = len(clips.sound)
    nobody = np.full(n, -1)
    return Catalogue(
        np.arange(n), clips.sound, np.empty((n, 0), np.float32), np.empty((n, 0), np.float32), (),
        nobody, nobody, np.empty(0, np.int64), np.zeros(n + 1, np.int64), (),
    )  # fmt: skip


def scores(
    catalogue: Catalogue,
    history: History,
    goal: np.ndarray,
    prior: Prior,
    net: checkpoint.TasteNet,
) -> dict[str, np.ndarray]:
    """The network with and without its prior by sound, and what one person's data alone give."""
    sound = catalogue.sound.astype(np.float64)
    liked = history.rows[history.values > 0]
    disliked = history.rows[history.values < 0]
    near = (sound[goal] @ sound[liked].T).max(axis=1)
    mean = sound[goal] @ sound[liked].mean(axis=0)
    by_method = {"popular sound": sound[goal] @ prior.sound, "nearest liked": near,
             "mean similarity": mean}  # fmt: skip
    for name, used in (("network", prior), ("network, prior off", Prior.none())):
        by_method[name] = net.logits(relational_inputs(catalogue, history, goal, prior=used).matrix)
    if len(disliked):
        own = LogisticRegression(C=1.0).fit(sound[history.rows], history.values > 0)
        by_method["logistic regression per person"] = own.decision_function(sound[goal])
    else:
        by_method["logistic regression per person"] = mean
    return by_method


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    models = paths.bundled_models()
    clips = listener_data.load(args.music, models / "ears", args.cache)
    net = checkpoint.load(models / "taste.safetensors")
    catalogue = catalogue_of(clips)
    print(f"{'opinions':34}" + "".join(f"{size:>9}" for size in SIZES))
    table = {size: _people(clips, catalogue, net, size) for size in SIZES}
    for name in table[SIZES[0]]:
        print(f"{name:34}" + "".join(f"{np.mean(table[size][name]):9.4f}" for size in SIZES))
    for size in SIZES:
        rivals = {n: v for n, v in table[size].items() if not n.startswith("network")}
        best = max(rivals, key=lambda n: float(np.mean(rivals[n])))
        lead = np.array(table[size]["network"]) - np.array(rivals[best])
        half = 1.96 * lead.std(ddof=1) / len(lead) ** 0.5
        lead_of = f"{lead.mean():+.4f} [{lead.mean() - half:+.4f}, {lead.mean() + half:+.4f}]"
        print(f"   {size} opinions, {len(lead)} people: network - {best}: {lead_of}")


def _people(
    clips: listener_data.Clips, catalogue: Catalogue, net: checkpoint.TasteNet, size: int
) -> dict[str, list[float]]:
    """Mean AUC of each scorer for each person with enough opinions."""
    aucs: dict[str, list[float]] = defaultdict(list)
    for number, (rows, values) in enumerate(clips.opinions.values()):
        rng = np.random.default_rng((size, number))
        own: dict[str, list[float]] = defaultdict(list)
        for _ in range(DRAWS):
            order = rng.permutation(len(rows))
            training, rest = order[:size], order[size:]
            rest = rest[~np.isin(clips.artists[rows[rest]], clips.artists[rows[training]])]
            labels = (values[rest] > 0).astype(float)
            if (
                len(rest) < FEWEST_LEFT
                or labels.min() == labels.max()
                or (values[training] < 0).all()
            ):
                continue
            none = np.full(size, np.nan, np.float32)
            history = History(rows[training], values[training], none, np.zeros(size, np.float32))
            # The prior by sound is learned on clips of other artists than the candidates'.
            others = np.flatnonzero(~np.isin(clips.artists, clips.artists[rows[rest]]))
            prior = Prior({}, listener_data.liked_direction(clips, others))
            for name, score in scores(catalogue, history, rows[rest], prior, net).items():
                own[name].append(auc(score, labels))
        if len(own.get("network", ())) >= DRAWS // 2:
            for name, values_ in own.items():
                aucs[name].append(float(np.mean(values_)))
    return aucs


if __name__ == "__main__":
    main()
