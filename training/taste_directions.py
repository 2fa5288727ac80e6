"""Learn where tastes lead on the culture map: the first layer of the taste network, in torch.

Every session is one small Bayesian regression, solved for the direction of a taste from a few likes
and run through by the gradient: its prior is bent until the directions found order the session's
other artists best. `Directions` in musicrec_core does the same in numpy with what is learned.

A session's likes and goals are one person's artists in random order, so in every epoch they change
places anew: the same rows teach more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.directions import FEW, UNTAUGHT, Directions
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES
from musicrec_core.recommender.features.user import similarity_sources
from training import session_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.similarity import EmbeddingSimilarity
    from musicrec_core.records import FloatArray, IntArray
    from training.taste_data import Session

EPOCHS, SESSIONS_A_BATCH = 8, 64
RATE, SLOW_RATE, DECAY = 1e-2, 2e-3, 3.0  # of the few numbers; of the matrices, which decay


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A session on the map, less the library's middle.

    candidates: float32 [m, D], NaN where unknown. labels: float32 [m]. history: float32 [h, D],
    with values [h] in [-1, 1]. spread: float32 [D, D], the library's covariance. swaps: whether
    likes and goals may change places.
    """

    candidates: FloatArray
    labels: FloatArray
    history: FloatArray
    values: FloatArray
    spread: FloatArray
    swaps: bool

    @classmethod
    def of(cls, made: Session) -> Place | None:
        """None where culture is not known, or nothing liked."""
        source, history = _culture(made)
        if not (history.liked > 0).any():
            return None
        points = source.points - source.ground.middle.astype(np.float32)
        return cls(
            points[made.candidates],
            made.labels,
            points[history.rows],
            history.liked - history.disliked,
            source.ground.spread.astype(np.float32),
            swaps=bool((made.catalogue.artists < 0).all()),
        )

    def swapped(self, rng: np.random.Generator) -> Place:
        """The same with likes and goals in another order, where that makes sense."""
        liked = np.flatnonzero(self.values > 0)
        goals = np.flatnonzero((self.labels > 0) & np.isfinite(self.candidates[:, 0]))
        if not self.swaps or len(goals) == 0:
            return self
        pool = rng.permutation(np.concatenate([self.history[liked], self.candidates[goals]]))
        history, candidates = self.history.copy(), self.candidates.copy()
        history[liked], candidates[goals] = pool[: len(liked)], pool[len(liked) :]
        return Place(candidates, self.labels, history, self.values, self.spread, self.swaps)


def _culture(made: Session) -> tuple[EmbeddingSimilarity, UserHistory]:
    """The channel of culture, and the part of the past that it knows."""
    source = similarity_sources(made.catalogue)[SOURCE_NAMES.index("culture")]
    history = UserHistory.of(made.history)
    return source, history.where(source.is_known[history.rows])  # type: ignore[return-value]


class _Layer(nn.Module):
    """The regression with its prior as parameters; starts as one that is the same all ways."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.root, self.metric = (nn.Parameter(torch.zeros(size, size)) for _ in range(2))
        self.mean = nn.Parameter(torch.zeros(2, size))
        self.scales = nn.Parameter(torch.tensor(UNTAUGHT))

    def forward(
        self, candidates: Tensor, history: Tensor, values: Tensor, spread: Tensor
    ) -> Tensor:
        """[b, m, D], [b, h, D], [b, h], [b, D, D] -> logits [b, m]."""
        liked, disliked = values.clamp(min=0), (-values).clamp(min=0)
        total = liked.sum(1)
        log_count = total.log1p()[:, None] - FEW
        ridge, library, push, steepness = (self.scales[:, 0] + log_count * self.scales[:, 1]).T
        width = spread.diagonal(dim1=1, dim2=2).sum(1)
        seen = (history * (liked + disliked)[..., None]).transpose(1, 2) @ history
        seen = seen + (library.exp() * total)[:, None, None] * spread
        seen = seen + (ridge.exp() * width)[:, None, None] * self.precision()
        pull = (history * (liked - push[:, None] * disliked)[..., None]).sum(1)
        pull = pull + self.mean[0] + log_count * self.mean[1]
        direction = torch.linalg.solve(seen, pull)
        direction = direction + direction @ self.metric
        across = torch.einsum("bd,bde,be->b", direction, spread, direction).add(1e-12).sqrt()
        return torch.einsum("bmd,bd->bm", candidates, direction) * (steepness / across)[:, None]

    def precision(self) -> Tensor:
        """[D, D], positive definite."""
        root = self.root + torch.eye(len(self.root))
        return root.T @ root

    @torch.no_grad()
    def directions(self) -> Directions:
        """What was learned, as numpy arrays."""
        metric = self.metric + torch.eye(len(self.metric))
        parts = (self.precision(), metric, self.mean, self.scales)
        return Directions(*(part.detach().numpy().copy() for part in parts))


def fit(places: Sequence[Place], seed: int) -> Directions:
    """What these sessions teach. Same seed, same result."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    layer = _Layer(places[0].history.shape[1])
    slow = [layer.root, layer.metric]
    optimiser = torch.optim.AdamW([
        {"params": [layer.mean, layer.scales], "lr": RATE, "weight_decay": 0.0},
        {"params": slow, "lr": SLOW_RATE, "weight_decay": DECAY},
    ])  # fmt: skip
    steps = EPOCHS * -(-len(places) // SESSIONS_A_BATCH)
    falling = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: max(0.01, 1 - k / steps))
    for _ in range(EPOCHS):
        for rows in torch.split(torch.randperm(len(places)), SESSIONS_A_BATCH):
            batch = [places[i].swapped(rng) for i in rows.tolist()]
            candidates, labels, sessions, measured, *rest = _padded(batch)
            logits = layer(candidates, *rest)[measured]
            losses = session_fit.losses(
                logits[None], labels[measured], sessions[measured], within=1.0
            )
            optimiser.zero_grad()
            losses.mean().backward()
            optimiser.step()
            falling.step()
    return layer.directions()


def _padded(places: Sequence[Place]) -> tuple[Tensor, ...]:
    """Candidates [b, m, D], labels, session and known [b, m], past [b, h, D], values, spread."""
    shape = (len(places), max(len(p.labels) for p in places))
    length, size = max(len(p.history) for p in places), places[0].history.shape[1]
    candidates, labels = np.zeros((*shape, size), np.float32), np.zeros(shape, np.float32)
    measured = np.zeros(shape, np.bool_)
    history = np.zeros((len(places), length, size), np.float32)
    values = np.zeros((len(places), length), np.float32)
    for i, place in enumerate(places):
        m, h = len(place.labels), len(place.history)
        candidates[i, :m], labels[i, :m] = np.nan_to_num(place.candidates), place.labels
        measured[i, :m] = np.isfinite(place.candidates[:, 0])
        history[i, :h], values[i, :h] = place.history, place.values
    sessions = np.repeat(np.arange(shape[0])[:, None], shape[1], axis=1)
    spread = np.stack([p.spread for p in places])
    return tuple(
        map(torch.from_numpy, (candidates, labels, sessions, measured, history, values, spread))
    )


def crossed(
    places: Sequence[Place | None], people: IntArray, folds: int, seed: int
) -> tuple[Directions, list[FloatArray | None]]:
    """What all teach; and how each session's candidates lie by what other people teach.

    people: int64 [sessions]. A session's own person must not have bent the prior that its rows
    are read by, or the network would trust it more than it can be trusted for anybody new.
    """
    order = np.random.default_rng(seed).permutation(np.unique(people))
    fold = np.argsort(order)[np.searchsorted(np.sort(order), people)] % folds
    along: list[FloatArray | None] = [None] * len(places)
    for held in range(folds):
        print(f"directions, part {held + 1} of {folds}", flush=True)
        taught = fit([p for p, f in zip(places, fold, strict=True) if p and f != held], seed)
        for i in np.flatnonzero(fold == held):
            place = places[i]
            along[i] = None if place is None else scores(taught, place)
    return fit([p for p in places if p], seed), along


def scores(directions: Directions, place: Place) -> FloatArray:
    """Float32 [m]: as the input `culture_learned` has it; 0 where culture is not known."""
    direction = directions.direction(
        place.spread.astype(np.float64), place.history.astype(np.float64), place.values
    )
    return np.nan_to_num(place.candidates @ direction).astype(np.float32)
