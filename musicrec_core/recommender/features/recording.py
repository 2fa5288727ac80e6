"""The inputs of a personal model: the relational ones first, then what the recording itself is.

Names say where a column comes from: `column:tempo_bpm` is a plain number of the catalogue, and
`sound:3` the coordinate of its sound along the network's own axis 3. So one function gives any
network, bundled or personal, its inputs for any library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.errors import ModelError
from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.features.blocks import INPUT_GROUPS, INPUT_NAMES
from musicrec_core.recommender.features.user import Inputs, relational_inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.features.prior import Prior
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

AXES = {"sound": 12, "culture": 8}
SAMPLE = 5000


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """Which inputs a network reads; `axes` as in TasteNet."""

    names: tuple[str, ...] = INPUT_NAMES
    groups: tuple[str, ...] = INPUT_GROUPS
    axes: Mapping[str, FloatArray] = field(default_factory=dict)

    @classmethod
    def of(cls, net: TasteNet) -> Plan:
        """What this network reads."""
        return cls(net.input_names, net.input_groups, net.axes)

    @property
    def own(self) -> IntArray:
        """Int64: which inputs say what a recording is, whoever listens."""
        return np.array([i for i, name in enumerate(self.names) if ":" in name], np.int64)

    @classmethod
    def personal(cls, catalogue: Catalogue) -> Plan:
        """All that this library can tell: its columns that vary, its main axes of sound."""
        names, groups = list(INPUT_NAMES), list(INPUT_GROUPS)
        for i, name in enumerate(catalogue.column_names):
            if _varies(catalogue.columns[:, i]):
                names.append(f"column:{name}")
                groups.append("era" if name == "year" else "character")
        axes = {}
        for source, most in AXES.items():
            directions = _principal_axes(getattr(catalogue, source), most)
            if directions.shape[1]:
                axes[source] = directions
                names += [f"{source}:{i}" for i in range(directions.shape[1])]
                groups += [source] * directions.shape[1]
        return cls(tuple(names), tuple(groups), axes)


def _varies(column: FloatArray) -> bool:
    finite = column[np.isfinite(column)]
    return len(finite) > 1 and bool(finite.min() < finite.max())


def _principal_axes(vectors: FloatArray, most: int) -> FloatArray:
    """Float32 [size, P]: the directions of most variance, P at most a third of the rows."""
    finite = vectors[np.isfinite(vectors).all(axis=1)] if vectors.size else vectors[:0]
    finite = finite[:: max(1, len(finite) // SAMPLE)].astype(np.float64)
    count = min(most, vectors.shape[1], len(finite) // 3)
    if count < 1:
        return np.zeros((vectors.shape[1], 0), np.float32)
    _, directions = np.linalg.eigh(np.cov(finite.T.reshape(vectors.shape[1], -1)).reshape(
        vectors.shape[1], vectors.shape[1]
    ))  # fmt: skip
    axes: FloatArray = directions[:, ::-1][:, :count].astype(np.float32)
    return axes


def library_inputs(
    plan: Plan,
    catalogue: Catalogue,
    history: History,
    rows: IntArray | None = None,
    leave_out: NDArray[np.bool_] | str | None = None,
    prior: Prior | None = None,
) -> Inputs:
    """What `plan` reads of the library, or of `rows`; see `relational_inputs` for the rest.

    Raises ModelError when the plan names what this program cannot supply.
    """
    relational = relational_inputs(catalogue, history, rows, leave_out, prior)
    return Inputs(with_own(plan, relational.matrix, catalogue, rows), plan.names, plan.groups)


def with_own(
    plan: Plan, relational: FloatArray, catalogue: Catalogue, rows: IntArray | slice | None = None
) -> FloatArray:
    """Float32 [m, K of the plan] from the relational inputs [m, relational] of the same rows."""
    if plan.names == INPUT_NAMES:
        return relational
    own = catalogue_inputs(plan, catalogue, rows)
    place = {name: i for i, name in enumerate(INPUT_NAMES)}
    matrix = np.empty((len(relational), len(plan.names)), np.float32)
    for i, name in enumerate(plan.names):
        matrix[:, i] = relational[:, place[name]] if name in place else own[name]
    return matrix


def catalogue_inputs(
    plan: Plan, catalogue: Catalogue, rows: IntArray | slice | None = None
) -> dict[str, FloatArray]:
    """The columns that do not depend on the person, by name, each float32 [m]."""
    chosen = slice(None) if rows is None else rows
    along = {
        source: mapped.taken(getattr(catalogue, source), chosen) @ axes
        for source, axes in plan.axes.items()
        if getattr(catalogue, source).shape[1] == len(axes)
    }
    column_of = {name: i for i, name in enumerate(catalogue.column_names)}
    inputs = {}
    for name in plan.names:
        source, _, which = name.partition(":")
        if not which:
            if name not in INPUT_NAMES:
                raise ModelError(f"the model reads {name!r}, which this version does not supply")
        elif source == "column" and which in column_of:
            inputs[name] = catalogue.columns[chosen, column_of[which]]
        elif source in along:
            inputs[name] = along[source][:, int(which)]
        else:
            inputs[name] = np.full(len(catalogue.columns[chosen]), np.nan, np.float32)
    return inputs
