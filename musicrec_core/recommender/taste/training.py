"""The one training loop: seeded, stopped early on held-out groups, exported to numpy."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

from musicrec_core.recommender.taste.examples import Examples, Loss, Recipe
from musicrec_core.recommender.taste.forward import Block
from musicrec_core.recommender.taste.network import TasteMLP
from musicrec_core.recommender.taste.piecewise_linear import Knots


@dataclass(frozen=True, slots=True)
class Fitted:
    """What training gave: the network in numpy, its best held-out loss, and when that was."""

    block: Block
    validation_loss: float
    epochs: int


Watch = Callable[[int, int], None]
"""Told (epochs done, epochs at most) after each; raise in it to stop."""


def fit(
    train: Examples,
    validation: Examples,
    recipe: Recipe | None = None,
    *,
    seed: int = 0,
    input_groups: tuple[str, ...] = (),
    watch: Watch | None = None,
) -> Fitted:
    """Train until the validation loss stops falling; the best epoch's weights are kept.

    input_groups: a name a column, for `recipe.drop_inputs`. Same seed, same result.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # batches are small: threads would only wait for each other
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return _fit(train, validation, recipe or Recipe(), input_groups, watch)
    finally:
        torch.set_num_threads(threads)


def _fit(
    train: Examples,
    validation: Examples,
    recipe: Recipe,
    input_groups: tuple[str, ...],
    watch: Watch | None,
) -> Fitted:
    knots = Knots.of(train.inputs, recipe.shape.bins)
    net = TasteMLP(knots, recipe.shape)
    batches, held_out = _tensors(train, knots), _tensors(validation, knots)
    optimiser = AdamW(net, recipe.learning_rate, recipe.weight_decay)
    groups = _group_columns(input_groups)
    best, best_epoch, best_weights = float("inf"), 0, copy.deepcopy(net.state_dict())
    for epoch in range(1, recipe.max_epochs + 1):
        _epoch(net, batches, optimiser, recipe, groups)
        loss = _validation_loss(net, held_out, recipe.loss)
        if loss < best - 1e-5:
            best, best_epoch, best_weights = loss, epoch, copy.deepcopy(net.state_dict())
        if watch:
            watch(epoch, recipe.max_epochs)
        if epoch - best_epoch >= recipe.patience:
            break
    net.load_state_dict(best_weights)
    return Fitted(net.eval().to_block(), best, best_epoch)


def _tensors(examples: Examples, knots: Knots) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Knot positions [m, K], targets, weights and offsets [m]."""
    arrays = (
        knots.positions(examples.inputs), examples.targets, examples.weights, examples.offsets,
    )  # fmt: skip
    positions, targets, weights, offsets = map(torch.from_numpy, arrays)
    return positions, targets, weights, offsets


class AdamW:
    """Adam with decoupled weight decay (Loshchilov, Hutter, ICLR 2019).

    torch.optim's own loads its compiler on first use, two seconds that a person would wait for.
    Biases and the members' scales are not decayed, for zero is not where they rest.
    """

    def __init__(self, net: TasteMLP, learning_rate: float, decay: float) -> None:
        self.rate, self._steps = learning_rate, 0
        named = list(net.named_parameters())
        self._parameters = [p for _, p in named]
        self._kept = [
            1 - learning_rate * decay * name.endswith(("weight", "bends", "missing"))
            for name, _ in named
        ]
        self._mean = [torch.zeros_like(p) for p in self._parameters]
        self._square = [torch.zeros_like(p) for p in self._parameters]

    @torch.no_grad()
    def step(self) -> None:
        """One step along the gradients, which are then forgotten."""
        self._steps += 1
        rate = self.rate / (1 - 0.9**self._steps)
        correction = 1 - 0.999**self._steps
        for p, decay, mean, square in zip(
            self._parameters, self._kept, self._mean, self._square, strict=True
        ):
            if p.grad is None:
                continue
            mean.lerp_(p.grad, 0.1)
            square.mul_(0.999).addcmul_(p.grad, p.grad, value=0.001)
            p.mul_(decay).addcdiv_(mean, (square / correction).sqrt_().add_(1e-8), value=-rate)
            p.grad = None


def _group_columns(groups: tuple[str, ...]) -> Tensor | None:
    """[G, K]: which columns belong to each group."""
    if not groups:
        return None
    return torch.tensor([[g == name for g in groups] for name in sorted(set(groups))])


def _epoch(
    net: TasteMLP,
    data: tuple[Tensor, Tensor, Tensor, Tensor],
    optimiser: AdamW,
    recipe: Recipe,
    groups: Tensor | None,
) -> None:
    net.train()
    for rows in torch.split(torch.randperm(len(data[0])), recipe.batch_rows):
        positions, targets, weights, offsets = (part[rows] for part in data)
        if groups is not None and recipe.drop_inputs:
            hidden = (torch.rand(len(rows), len(groups)) < recipe.drop_inputs).float()
            positions = positions.masked_fill(hidden @ groups.float() > 0, float("nan"))
        losses = _losses(net(positions) + offsets, targets, recipe.loss)
        loss = (losses * weights).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()


def _losses(logits: Tensor, targets: Tensor, loss: Loss) -> Tensor:
    """The loss of each member on each row, [k, b]: members are trained apart, on the same rows."""
    wanted = targets.expand_as(logits)
    if loss == "squared":
        return mse_loss(logits, wanted, reduction="none")
    return binary_cross_entropy_with_logits(logits, wanted, reduction="none")


@torch.no_grad()
def _validation_loss(
    net: TasteMLP, data: tuple[Tensor, Tensor, Tensor, Tensor], loss: Loss
) -> float:
    """The weighted mean loss of the ensemble's mean logit."""
    net.eval()
    positions, targets, weights, offsets = data
    logits = torch.cat([net(part).mean(0) for part in torch.split(positions, 4096)]) + offsets
    losses = _losses(logits, targets, loss)
    return float((losses * weights).sum() / weights.sum().clamp(min=1e-9))
