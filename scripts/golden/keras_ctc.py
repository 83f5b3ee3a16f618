"""CTC as Keras 2 (`keras.backend`: probabilities, the blank is the last class) and Keras 3 (`keras.ops`: scores,
the blank is `mask_index`) offer it: losses with gradients, greedy and beam search decoding.

Scores are `scale` times (the pattern of `step` plus the square of the pattern of `squaredStep`), chosen so that
no two paths are equally likely; Keras 2 is given their softmax. Keras 2 adds 1e-7 to probabilities.
"""

import json
from itertools import product

import keras
import numpy
import tensorflow
import tf_keras

from keras_layers import pattern, rounded

BATCH, TIME, CLASSES = 4, 5, 4
LENGTHS = {"full": [5, 5, 5, 5], "shorter": [5, 4, 3, 2], "empty": [5, 4, 3, 2]}
# With the blank as class 0. Keras 2 refuses empty labels.
LABELS = {
    "full": [[1, 2], [2, 2, 3], [2], [3, 1, 1]],
    "shorter": [[1, 2], [2, 2, 3], [1], [3]],
    "empty": [[1, 2, 3, 2, 1], [], [1], []],
}


def formula(step=9, squared=4, scale=1.0):
    """Scores as a formula."""
    return {"step": step, "squaredStep": squared, "scale": scale, "shape": [BATCH, TIME, CLASSES]}


def scores(made):
    """Scores [batch x time x classes]."""
    return made["scale"] * (pattern(made["step"], made["shape"]) + pattern(made["squaredStep"], made["shape"]) ** 2)


def moved(labels, blank):
    """Labels where the blank is class `blank` and not 0."""
    return [[label - (label <= blank) for label in sample] for sample in labels]


def padded(labels):
    """Labels of one length."""
    width = max(map(len, labels))
    return numpy.array([sample + [0] * (width - len(sample)) for sample in labels])


def losses(version, lengths, blank):
    """The losses, and the gradient of their sum for the scores (and for the probabilities, in Keras 2)."""
    labels = moved(LABELS[lengths], blank)
    counts = numpy.array([len(sample) for sample in labels])
    given = tensorflow.constant(scores(formula()))
    with tensorflow.GradientTape(persistent=True) as tape:
        tape.watch(given)
        if version == 2:
            inputs = tensorflow.nn.softmax(given)
            tape.watch(inputs)
            frames = numpy.array(LENGTHS[lengths])[:, None]
            found = tf_keras.backend.ctc_batch_cost(padded(labels), inputs, frames, counts[:, None])
        else:
            found = keras.ops.ctc_loss(padded(labels), given, counts, numpy.array(LENGTHS[lengths]), blank)
    result = {
        "function": "ctc_batch_cost" if version == 2 else "ctc_loss",
        "versions": [version],
        "blank": blank,
        "scores": formula(),
        "frames": LENGTHS[lengths],
        "labels": labels,
        "losses": rounded(found),
        "scoreGradient": rounded(tape.gradient(found, given)),
    }
    if version == 2:
        result["probabilityGradient"] = rounded(tape.gradient(found, inputs))
    return result


def decoded(version, strategy, lengths, blank, made=None, width=100, paths=3, merge=True):
    """The paths, best first, of each sample, and what Keras calls their log probabilities."""
    greedy = strategy == "greedy"
    made = made or formula()
    given = tensorflow.constant(scores(made))
    frames = numpy.array(LENGTHS[lengths], "int32")
    if version == 2:
        found, values = tf_keras.backend.ctc_decode(tensorflow.nn.softmax(given), frames, greedy, width, paths)
    else:
        options = {"merge_repeated": merge} if greedy else {"beam_width": width, "top_paths": paths}
        found, values = keras.ops.ctc_decode(given, frames, strategy, mask_index=blank, **options)
    result = {
        "function": "ctc_decode",
        "versions": [version],
        "strategy": strategy,
        "blank": blank,
        "scores": made,
        "frames": LENGTHS[lengths],
        **({"mergeRepeated": merge} if greedy else {"beamWidth": width}),
        "paths": [[[int(s) for s in row if s >= 0] for row in numpy.array(path)] for path in found],
        "logProbabilities": [rounded(row) for row in numpy.array(values)],
    }
    if not greedy and width == 100:
        check(result)
    return result


def collapsed(alignment, blank):
    """What an alignment reads."""
    kept = [c for i, c in enumerate(alignment) if i == 0 or c != alignment[i - 1]]
    return tuple(c for c in kept if c != blank)


def check(result):
    """Holds a wide beam against the sum over all alignments, and prints where they differ."""
    blank = result["blank"]
    logs = tensorflow.nn.log_softmax(scores(result["scores"])).numpy()
    for sample, frames in enumerate(result["frames"]):
        sums = {}
        for alignment in product(range(CLASSES), repeat=frames):
            chance = sum(logs[sample, t, c] for t, c in enumerate(alignment))
            text = collapsed(alignment, blank)
            sums[text] = numpy.logaddexp(sums.get(text, -numpy.inf), chance)
        ranked = sorted(sums.items(), key=lambda item: -item[1])
        gaps = [a[1] - b[1] for a, b in zip(ranked[:3], ranked[1:4], strict=False)]
        assert min(gaps) > 1e-4, f"paths of sample {sample} are tied: {ranked[:5]}"
        for rank, ((text, chance), path) in enumerate(zip(ranked, result["paths"], strict=False)):
            value = result["logProbabilities"][sample][rank]
            if list(text) != path[sample] or abs(chance - value) > 1e-4:
                print(f"UNLIKE the sum over alignments: version {result['versions']}, sample {sample}, path {rank}:")
                print(f"    {path[sample]} {value:.6f} in place of {list(text)} {chance:.6f}", flush=True)


def lines():
    """One line for each function, version and option."""
    found = []
    for lengths in ("full", "shorter"):
        found += [losses(2, lengths, 3), losses(3, lengths, 0), losses(3, lengths, 3)]
        for strategy in ("greedy", "beam_search"):
            found += [decoded(2, strategy, lengths, 3)]
            found += [decoded(3, strategy, lengths, blank) for blank in (0, 1, 3)]
    found += [losses(3, "empty", 0)]
    for width in (1, 2, 3):
        found += [decoded(2, "beam_search", "full", 3, width=width, paths=1)]
        found += [decoded(3, "beam_search", "full", 0, width=width, paths=1)]
    repeating = formula(17, 14, 2.0)
    for strategy in ("greedy", "beam_search"):
        found += [decoded(2, strategy, "full", 3, repeating)]
        found += [decoded(3, strategy, "full", blank, repeating) for blank in (0, 3)]
    found += [decoded(3, "greedy", "full", 0, repeating, merge=False)]
    return [json.dumps(entry, separators=(",", ":")) for entry in found]
