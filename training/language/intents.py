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
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from musicrec_core.language.features import BITS, hashed
from musicrec_core.language.intents import FILE, FORMAT
from musicrec_core.language.lexicon import Lexicon, read_lexicon
from musicrec_core.language.records import INTENTS
from musicrec_core.language.tokens import cleaned, tokenise
from training.language.corpora import Labelled
from training.language.corpus import corpus, known_artists

MODELS = Path(__file__).parent.parent.parent / "models"
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
    parser.add_argument("--strength", type=float, default=20.0, help="inverse of the penalty")
    arguments = parser.parse_args()
    rows = corpus(arguments.language, MODELS, arguments.seed)
    X = matrix(rows, read_lexicon(arguments.out), known_artists(MODELS))
    y = np.array([INTENTS.index(row.intent) for row in rows])
    print(f"{len(rows)} utterances, {X.nnz / len(rows):.0f} features each")
    used = np.flatnonzero(np.diff(X.tocsc().indptr))  # the others keep a weight of zero
    model = LogisticRegression(C=arguments.strength, max_iter=200, tol=1e-4)
    model.fit(X[:, used], y)
    weights = np.zeros((1 << BITS, len(INTENTS)), np.float32)
    weights[used] = model.coef_.T
    scale = np.abs(weights).max(axis=0) / 127
    write(arguments.out, np.round(weights / scale).astype(np.int8), scale, model.intercept_)
    print(f"accuracy on what it was trained on: {model.score(X[:, used], y):.4f}")


def write(out: Path, weights: np.ndarray, scale: np.ndarray, bias: np.ndarray) -> None:
    """Both files of the model."""
    from safetensors.numpy import save

    content = save(
        {
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
