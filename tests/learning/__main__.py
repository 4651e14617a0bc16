"""Learn the weights anew: logistic regression by scikit-learn, weights in one byte each."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from domain.updates import LIKELY
from domain.updates.learned import JUDGEMENTS, SLOTS, features_of
from tests.learning.corpus import Line, curated, digest, lines
from tests.learning.weights import write_weights


def main() -> None:
    """Learn from all lines; say how well those are judged that are never learned from."""
    known, written = list(curated()), list(lines())
    model = _learned(known + written)
    _write(model, digest(known + written))
    _tell(model, list(lines("unseen_lines.txt")))


def _learned(of: Sequence[Line]) -> LogisticRegression:
    """Learn; a line that is given as an example counts twice: it must be read right, see the rules' tests."""
    model = LogisticRegression(C=10, max_iter=3000)
    weights = [2 if line.curated else 1 for line in of]
    return model.fit(_matrix(of), [JUDGEMENTS.index(line.judgements[0]) for line in of], weights)


def _matrix(of: Sequence[Line]) -> csr_matrix:
    rows = [features_of(line.text, line.facts) for line in of]
    ends = np.cumsum([0, *map(len, rows)])
    slots = np.fromiter((slot for row in rows for slot in row), dtype=np.int32)
    values = np.fromiter((value for row in rows for value in row.values()), dtype=np.float64)
    return csr_matrix((values, slots, ends), shape=(len(rows), SLOTS))


def _tell(model: LogisticRegression, of: Sequence[Line]) -> None:
    counts: Counter[str] = Counter()
    for line, likelihoods in zip(of, model.predict_proba(_matrix(of)), strict=True):
        best = JUDGEMENTS[int(likelihoods.argmax())]
        is_asked = best in ("none", "ask") or likelihoods.max() < LIKELY[best]
        should_ask = {"none", "ask"} & set(line.judgements)
        if is_asked:
            counts["right" if should_ask else "asked"] += 1
        else:
            counts["right" if best in line.judgements else "false"] += 1
    shares = ", ".join(f"{key} {counts[key] / len(of):.3f}" for key in ("right", "asked", "false"))
    sys.stdout.write(f"of {len(of)} lines never learned from: {shares}\n")


def _write(model: Any, learned_from: str) -> None:
    scales = np.abs(model.coef_).max(axis=1) / 127
    body = np.rint(model.coef_ / scales[:, None]).astype(np.int8).tobytes()
    write_weights(learned_from, scales.tolist(), model.intercept_.tolist(), body)


if __name__ == "__main__":
    main()
