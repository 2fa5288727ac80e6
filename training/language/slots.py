"""Train the slot model and write `models/language_slots.{json,safetensors}`.

python -m training.language.slots --language DIR [--out models]

A conditional random field over hashed features, fitted by stochastic gradients in PyTorch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from musicrec_core.language.features import name_hash
from musicrec_core.language.records import INTENTS
from musicrec_core.language.tagger import (
    BITS,
    FILE,
    FORMAT,
    MOST_TOKENS,
    token_features,
)
from musicrec_core.language.tokens import tokenise
from training.language.corpora import Labelled, Span, snips
from training.language.corpus import generated, known_artists

MODELS = Path(__file__).parent.parent.parent / "models"
OWN = 4000
SNIPS_TIMES = 2
DROPPED = 0.3  # of the features, anew in each step: no single one is relied on
NAMES = frozenset(("artist", "track", "album", "entity_name", "object_name"))
COMMON_FROM = 4
PADDING = 1 << BITS
NAMING = frozenset(INTENTS) - {"recommend", "similar", "help", "none"}


def common_words(rows: Sequence[Labelled]) -> frozenset[int]:
    """Words met COMMON_FROM times where they are not part of a name."""
    counts = Counter(
        token.low
        for row in rows
        for text, slot in row.spans
        if slot not in NAMES
        for token in tokenise(text)
    )
    return frozenset(name_hash([w]) for w, count in counts.items() if count >= COMMON_FROM)


def tagged(
    spans: Sequence[Span], artists: frozenset[int], common: frozenset[int]
) -> tuple[list[np.ndarray], list[str]]:
    """The features of an utterance's tokens and their labels."""
    text, ends, at = "".join(t for t, _ in spans), [], 0
    for piece, slot in spans:
        ends.append((at, at + len(piece), slot))
        at += len(piece)
    tokens = tokenise(text)[:MOST_TOKENS]
    labels = []
    before = None
    for token in tokens:
        middle = (token.start + token.end) / 2
        piece = next((p for p in ends if p[0] <= middle < p[1]), None)
        slot = piece[2] if piece and token.text not in "\"'" else None
        labels.append("O" if slot is None else ("I-" if piece == before else "B-") + slot)
        before = piece if slot is not None else None
    return token_features(tokens, artists, common), labels


def training_rows(language: Path, seed: int, own_rows: int) -> list[Labelled]:
    """SNIPS's training part as it is and in small letters, and some of our own sentences."""
    rng = random.Random(seed)
    real = snips(language)[0]
    rows = list(real) * SNIPS_TIMES
    for row in rng.sample(real, len(real) // 3):
        spans = tuple((text.lower(), slot) for text, slot in row.spans)
        rows.append(Labelled(row.text.lower(), row.intent, spans))
    own = [row for row in generated(language, MODELS, seed + 7) if row.intent in NAMING]
    return rows + [_as_snips(row) for row in rng.sample(own, min(own_rows, len(own)))]


def _as_snips(row: Labelled) -> Labelled:
    """A name that is added without its artist may be a track or an album: SNIPS's entity_name."""
    slots = {slot for _, slot in row.spans}
    if row.intent not in ("add", "remove", "view") or "artist" in slots:
        return row
    spans = tuple((t, "entity_name" if s in ("track", "album") else s) for t, s in row.spans)
    return Labelled(row.text, row.intent, spans)


class Field(torch.nn.Module):
    """A linear-chain conditional random field over sparse features."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.emission = torch.nn.EmbeddingBag(PADDING + 1, labels, mode="sum", padding_idx=PADDING)
        torch.nn.init.zeros_(self.emission.weight)
        self.transition = torch.nn.Parameter(torch.zeros(labels + 1, labels))

    def loss(self, features: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The mean negative log likelihood. features [N, T, F], gold and mask [N, T]."""
        n, t, f = features.shape
        scores = self.emission(features.view(n * t, f)).view(n, t, -1)
        right = scores.gather(2, gold[:, :, None])[:, :, 0]
        before = torch.cat([torch.full((n, 1), scores.shape[2]), gold[:, :-1]], 1)
        right = ((right + self.transition[before, gold]) * mask).sum(1)
        alpha = scores[:, 0] + self.transition[-1]
        for i in range(1, t):
            grown = torch.logsumexp(alpha[:, :, None] + self.transition[:-1], 1) + scores[:, i]
            alpha = torch.where(mask[:, i : i + 1] > 0, grown, alpha)
        return (torch.logsumexp(alpha, 1) - right).mean()


def fit(
    data: list[tuple[list[np.ndarray], list[int]]], labels: int, epochs: int, decay: float
) -> Field:
    """Fit by Adam on batches of utterances of like length."""
    model = Field(labels)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.03, weight_decay=decay)
    batches = _batches(data, 64)
    schedule = torch.optim.lr_scheduler.LinearLR(
        optimiser, 1.0, 0.05, total_iters=epochs * len(batches)
    )
    for epoch in range(epochs):
        random.Random(epoch).shuffle(batches)
        total = 0.0
        for features, gold, mask in batches:
            dropped = torch.rand(features.shape) < DROPPED
            loss = model.loss(features.masked_fill(dropped, PADDING), gold, mask)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: {total / len(batches):.3f}", flush=True)
    return model


def _batches(
    data: list[tuple[list[np.ndarray], list[int]]], size: int
) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    ordered = sorted(data, key=lambda row: len(row[1]))
    batches = []
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        longest = max(len(labels) for _, labels in part)
        wide = max(len(row) for rows, _ in part for row in rows)
        features = np.full((len(part), longest, wide), PADDING, np.int64)
        gold = np.zeros((len(part), longest), np.int64)
        mask = np.zeros((len(part), longest), np.float32)
        for i, (rows, labels) in enumerate(part):
            for j, row in enumerate(rows):
                features[i, j, : len(row)] = row
            gold[i, : len(labels)] = labels
            mask[i, : len(labels)] = 1.0
        batches.append((torch.from_numpy(features), torch.from_numpy(gold), torch.from_numpy(mask)))
    return batches


def main() -> None:
    """Train and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--own", type=int, default=OWN, help="sentences of our templates")
    parser.add_argument("--decay", type=float, default=0.02)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    artists = known_artists(MODELS)
    sentences = training_rows(arguments.language, arguments.seed, arguments.own)
    common = common_words(sentences)
    rows = [tagged(row.spans, artists, common) for row in sentences]
    rows = [row for row in rows if row[1]]
    names = ["O", *sorted({label for _, labels in rows for label in labels} - {"O"})]
    index = {name: i for i, name in enumerate(names)}
    print(f"{len(rows)} utterances, {len(names)} labels", flush=True)
    data = [(features, [index[label] for label in labels]) for features, labels in rows]
    model = fit(data, len(names), arguments.epochs, arguments.decay)
    write(arguments.out, model, names, artists, common)


def write(
    out: Path, model: Field, names: list[str], artists: frozenset[int], common: frozenset[int]
) -> None:
    """Quantise and write."""
    from safetensors.numpy import save

    weights = model.emission.weight.detach().numpy()[:PADDING]
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    content = save(
        {
            "emission": np.ascontiguousarray(np.round(weights / scale).astype(np.int8)),
            "artists": np.array(sorted(artists), np.uint32),
            "common": np.array(sorted(common), np.uint32),
            "scale": scale.astype(np.float32),
            "transition": model.transition.detach().numpy().astype(np.float32),
        }
    )
    about = {
        "format": FORMAT,
        "labels": names,
        "data": [
            "SNIPS NLU benchmark, CC0: nine tenths of three files",
            "templates of our own with names from SNIPS and HetRec 2011 Last.fm",
        ],
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (out / f"{FILE}.safetensors").write_bytes(content)
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (out / f"{FILE}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
