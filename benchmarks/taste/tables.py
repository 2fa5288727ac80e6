"""The personal model on tables of likes and ratings beside XGBoost, on the same folds.

    python -m benchmarks tables --kind likes --seeds 5 --cache DIR
    python -m benchmarks tables --kind ratings --seeds 5 --cache DIR

No public table ships with the project, so several made-up worlds stand in (see worlds.py): one
person and 2,000 songs of a dozen columns, artists held out. A line a world and a total with the
spread over seeds; who wins is marked, whoever it is. Calibration: the Brier score of the held-out
scores, and after isotonic recalibration fitted on the other folds. A run takes hours: lines that
are in the cache are not measured again.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import xgboost
from scipy import stats
from sklearn.isotonic import IsotonicRegression

from benchmarks.taste import worlds
from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.predictions import Prediction
from musicrec_core.recommender.data.rating_table import EvaluationTable, liked
from musicrec_core.recommender.evaluation.evaluate import Evaluation, evaluate

XGB = {"n_estimators": 300, "max_depth": 4, "learning_rate": 0.05, "subsample": 0.8,
       "colsample_bytree": 0.8, "n_jobs": 1}  # fmt: skip


def table(kind: str, taste: str, rows: int, seed: int) -> EvaluationTable:
    """One person's opinion of every song: 5 and 1 for likes, else 1 to 5."""
    made = worlds.songs(rows, seed)
    logit = worlds.taste(made, taste, seed)
    likes = kind == "likes"
    ratings = 1 + 4 * worlds.likes(logit, seed) if likes else worlds.stars(logit, seed)
    return EvaluationTable(
        track_ids=tuple(map(str, range(rows))),
        columns=made.columns,
        column_names=worlds.COLUMNS,
        tags=((),) * rows,
        groups=made.artists,
        user_ids=("one",),
        users=np.zeros(rows, np.int64),
        tracks=np.arange(rows),
        ratings=ratings.astype(np.float32),
    )


def by_xgboost(made: EvaluationTable, fold: np.ndarray, seed: int, tuned: bool) -> Prediction:
    """XGBoost on the same folds: as it comes, or with the usual gentler settings."""
    prediction = Prediction.blank(len(made.ratings))
    settings = XGB | {"random_state": seed} if tuned else {"n_jobs": 1, "random_state": seed}
    inputs, opinion = made.columns[made.tracks], liked(made.ratings)
    for held in np.unique(fold):
        train, test = fold != held, np.flatnonzero(fold == held)
        labelled = train & np.isfinite(opinion)
        likes = xgboost.XGBClassifier(**settings).fit(inputs[labelled], opinion[labelled])
        stars = xgboost.XGBRegressor(**settings).fit(inputs[train], made.ratings[train])
        scores = likes.predict_proba(inputs[test])[:, 1]
        prediction.put(test, Prediction(scores, np.clip(stars.predict(inputs[test]), 1, 5)))
    return prediction


def averaged(made: EvaluationTable, fold: np.ndarray, prediction: Prediction) -> metrics.Metrics:
    """The mean over folds."""
    opinion = liked(made.ratings)
    return metrics.average([
        metrics.measure(prediction.scores[f], opinion[f], prediction.ratings[f], made.ratings[f])
        for f in (np.flatnonzero(fold == held) for held in np.unique(fold))
    ])  # fmt: skip


def recalibrated(scores: np.ndarray, opinion: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Isotonic regression of each fold's scores, fitted on the other folds."""
    better = np.empty_like(scores)
    for held in np.unique(fold):
        rest = fold != held
        line = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
        better[~rest] = line.fit(scores[rest], opinion[rest]).predict(scores[~rest])
    return better


def briers(made: EvaluationTable, evaluation: Evaluation) -> tuple[float, float, float]:
    """Brier score, the same recalibrated, calibration error."""
    opinion = liked(made.ratings)
    labelled = np.isfinite(opinion)
    scores = np.array([p.score for p in evaluation.predictions])[labelled]
    fold, opinion = np.array([p.fold for p in evaluation.predictions])[labelled], opinion[labelled]
    after = recalibrated(scores, opinion, fold)
    error = metrics.calibration_error(metrics.calibration(scores, opinion))
    return (
        float(np.mean((scores - opinion) ** 2)),
        float(np.mean((after - opinion) ** 2)),
        error or 0,
    )


def one(kind: str, taste: str, rows: int, folds: int, seed: int) -> dict[str, float]:
    """Every figure of one world and seed."""
    made = table(kind, taste, rows, seed)
    started = time.process_time()
    evaluation = evaluate(made, folds=folds, seed=seed)
    seconds = time.process_time() - started
    fold = np.array([p.fold for p in evaluation.predictions])
    rivals = {
        "xgboost": averaged(made, fold, by_xgboost(made, fold, seed, tuned=False)),
        "xgboost_tuned": averaged(made, fold, by_xgboost(made, fold, seed, tuned=True)),
        **evaluation.baselines,
    }
    figure = "auc" if kind == "likes" else "rmse"
    line = {"musicrec": getattr(evaluation.mean, figure)}
    line |= {name: getattr(rival, figure) for name, rival in rivals.items()}
    line |= dict(zip(("brier", "isotonic", "error"), briers(made, evaluation), strict=True))
    return line | {"seconds": seconds}


def kept(options: argparse.Namespace, taste: str, seed: int) -> dict[str, float]:
    """The line from the cache, or measured; printed."""
    name = f"{options.kind}-{taste}-{options.rows}-{options.folds}-{seed}.json"
    path = options.cache / name if options.cache else None
    if path and path.exists():
        line: dict[str, float] = json.loads(path.read_text())
    else:
        line = one(options.kind, taste, options.rows, options.folds, seed)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(line))
    seconds = line.pop("seconds")
    cells = "  ".join(f"{name} {value:.4f}" for name, value in line.items())
    print(f"{taste:<12} seed {seed}  {cells}  ({seconds:.0f} s of processor)", flush=True)
    return line


def main() -> None:
    """Print a line a world and seed, then the means and the spread over seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("likes", "ratings"), default="likes")
    parser.add_argument("--tastes", nargs="+", default=list(worlds.TASTES))
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cache", type=Path, help="folder of lines measured before")
    options = parser.parse_args()
    lines = {
        (taste, seed): kept(options, taste, seed)
        for seed in range(options.seeds)
        for taste in options.tastes
    }
    summary(lines, options)


def summary(lines: dict[tuple[str, int], dict[str, float]], options: argparse.Namespace) -> None:
    """A line a world, means and spread over seeds, and the gaps with their 95 % intervals."""
    names = list(next(iter(lines.values())))
    print("\nmean over seeds\n" + f"{'':<12}" + "".join(f"{name:>22}" for name in names))
    for taste in options.tastes:
        means = [np.mean([lines[taste, s][name] for s in range(options.seeds)]) for name in names]
        print(f"{taste:<12}" + "".join(f"{mean:>22.4f}" for mean in means))
    print("\nmean over worlds, and its standard deviation over seeds")
    for name in names:
        by_seed = [
            np.mean([lines[taste, seed][name] for taste in options.tastes])
            for seed in range(options.seeds)
        ]
        print(f"{name:<22} {np.mean(by_seed):.4f} +- {np.std(by_seed):.4f}")
    for ours, name in (
        ("musicrec", "xgboost"), ("musicrec", "xgboost_tuned"), ("brier", "isotonic"),
    ):  # fmt: skip
        for some in (*((taste,) for taste in options.tastes), tuple(options.tastes)):
            gaps = [line[ours] - line[name] for (taste, _), line in lines.items() if taste in some]
            gap(f"{ours} - {name}, {' '.join(some)}", gaps)


def gap(what: str, gaps: list[float]) -> None:
    """The mean over paired lines and its 95 % interval (t)."""
    mean = float(np.mean(gaps))
    if len(gaps) < 2:
        print(f"{what}: {mean:+.4f}")
        return
    width = (
        float(stats.t.ppf(0.975, len(gaps) - 1)) * float(np.std(gaps, ddof=1)) / len(gaps) ** 0.5
    )
    print(f"{what}: {mean:+.4f} ({mean - width:+.4f} to {mean + width:+.4f})")


if __name__ == "__main__":
    main()
