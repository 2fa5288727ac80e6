"""Train the intent model and write `models/language_intents.{json,safetensors}`.

python -m training.language.intents --language DIR [--out models]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy import sparse

from musicrec_core.language.features import BITS, hashed
from musicrec_core.language.intents import FILE, FORMAT
from musicrec_core.language.lexicon import Lexicon, read_lexicon
from musicrec_core.language.records import INTENTS
from musicrec_core.language.tokens import cleaned, tokenise
from training.language.corpora import Labelled
from training.language.corpus import corpus, known_artists

MODELS = Path(__file__).parent.parent.parent / "models"
MOST_FEATURES = 200_000  # 24 bytes each: the file stays below 5 MB
LEAST = 5  # utterances that a feature must stand in
EPOCHS, BATCH, RATE, DECAY = 5, 1024, 0.05, 1e-5
DROPPED = 0.3  # of the features, anew in each step: no single word is relied on
SOURCES = [
    "templates of our own (training/language)",
    "playlist intents (Maestre Gómez 2025), MIT: training file",
    "SNIPS NLU benchmark, CC0: nine tenths of three files",
    "CLINC150 (Larson et al. 2019), CC BY 3.0: its part `train`",
    "names of artists: HetRec 2011 Last.fm",
]


def matrix(
    rows: Sequence[Labelled], lexicon: Lexicon, artists: frozenset[int]
) -> sparse.csr_matrix:
    """Features float32 [N, 2**BITS] of N utterances."""
    indptr, indices, data = [0], [], []
    for row in rows:
        index, value = hashed(tokenise(cleaned(row.text)), lexicon, artists)
        indices.append(index)
        data.append(value)
        indptr.append(indptr[-1] + len(index))
    shape = (len(rows), 1 << BITS)
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), indptr), shape)


def main() -> None:
    """Generate, fit, quantise, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    arguments = parser.parse_args()
    rows = corpus(arguments.language, MODELS, arguments.seed)
    X = matrix(rows, read_lexicon(arguments.out), known_artists(MODELS))
    y = np.array([INTENTS.index(row.intent) for row in rows])
    print(f"{len(rows)} utterances, {X.nnz / len(rows):.0f} features each", flush=True)
    used = np.flatnonzero(np.bincount(X.indices, minlength=X.shape[1]) >= LEAST)
    weights, bias = fit(X[:, used], y, arguments.epochs, arguments.seed)
    scale = np.abs(weights).max(axis=0) / 127
    small = np.round(weights / scale).astype(np.int8)
    kept = telling(small, scale)
    write(arguments.out, used[kept], small[kept], scale, bias)


def fit(
    X: sparse.csr_matrix, y: np.ndarray, epochs: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weights [F, K] and bias [K] of a softmax, by Adam; features are dropped anew in each step."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng, labels = np.random.default_rng(seed), torch.from_numpy(y.astype(np.int64))
    weights = torch.zeros(X.shape[1], len(INTENTS), requires_grad=True)
    bias = torch.zeros(len(INTENTS), requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=RATE)
    steps = epochs * (-(-len(y) // BATCH))
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, total_iters=steps)
    for epoch in range(epochs):
        order, total = rng.permutation(len(y)), 0.0
        for start in range(0, len(y), BATCH):
            rows = order[start : start + BATCH]
            loss = torch.nn.functional.cross_entropy(_scores(X[rows], weights, bias), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            with torch.no_grad():
                weights.mul_(1 - DECAY)
            total += float(loss.detach()) * len(rows)
        print(f"epoch {epoch + 1}: {total / len(y):.4f}", flush=True)
    return weights.detach().numpy(), bias.detach().numpy()


def _scores(part: sparse.csr_matrix, weights: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    kept = torch.rand(part.nnz) >= DROPPED
    return bias + torch.nn.functional.embedding_bag(
        torch.from_numpy(part.indices.astype(np.int64)),
        weights,
        torch.from_numpy(part.indptr[:-1].astype(np.int64)),
        mode="sum",
        per_sample_weights=torch.from_numpy(part.data.astype(np.float32)) * kept / (1 - DROPPED),
    )


def telling(weights: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Int64, rising: the MOST_FEATURES rows of weights int8 [F, I] that move scores most."""
    most = np.abs(weights * scale).max(axis=1)
    return np.sort(np.argsort(-most, kind="stable")[:MOST_FEATURES])


def write(
    out: Path, used: np.ndarray, weights: np.ndarray, scale: np.ndarray, bias: np.ndarray
) -> None:
    """Both files of the model."""
    from safetensors.numpy import save

    content = save(
        {
            "features": used.astype(np.uint32),
            "weights": np.ascontiguousarray(weights),
            "scale": scale.astype(np.float32),
            "bias": bias.astype(np.float32),
        }
    )
    about = {
        "format": FORMAT,
        "intents": list(INTENTS),
        "data": SOURCES,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (out / f"{FILE}.safetensors").write_bytes(content)
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (out / f"{FILE}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
