"""The goldens of the recurrent family, made by Keras 3 and by the Keras 2 line, tf-keras.

    python3 -m venv /tmp/kerasvenv && /tmp/kerasvenv/bin/pip install keras tensorflow-cpu tf-keras
    /tmp/kerasvenv/bin/python scripts/golden/keras_recurrent.py

writes Tests/NeuralTests/Goldens/keras-*.jsonl: a line that names the versions, then one case a line; inputs and
weights as formulas (`pattern` in GoldenPattern.swift), results in double to seven digits. Gradients are those of
the sum of each output, and each state, times a pattern of its own (`OUTPUT_STEPS`), plus the regularization.
Where both versions agree to 1e-6 a case stands once; where they differ it stands once for each version, and the
script prints by how much. It also prints how far Keras' own float is from its double. Names after the script
choose files: `keras_recurrent.py LSTM CTC`.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy

import keras_constraints
import keras_ctc
import keras_shapes
from keras_cases import FILES
from keras_layers import NAMES, VERSIONS, rounded, run

AGREEMENT = 1e-6
GOLDENS = pathlib.Path(__file__).resolve().parents[2] / "Tests/NeuralTests/Goldens"

OTHERS = {"shapes": keras_shapes.lines, "constraints": keras_constraints.lines, "CTC": keras_ctc.lines}


def outcome(library, case):
    """What a version makes of a case: formulas and results, or the complaint."""
    try:
        return run(library, case)
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def distances(first, second):
    """The largest difference of each kind of result; infinite where shapes differ."""
    found = {}
    for one, other in zip(first, second, strict=True):
        for key in one.keys() | other.keys():
            pairs = zip(one.get(key, []), other.get(key, []), strict=False)
            apart = [numpy.abs(a - b).max() if a.shape == b.shape else numpy.inf for a, b in pairs]
            if len(one.get(key, [])) != len(other.get(key, [])):
                apart.append(numpy.inf)
            found[key] = max([found.get(key, 0.0), *apart])
    return found


def differing(first, second):
    """In words how two outcomes differ; empty where they agree."""
    if isinstance(first, str) or isinstance(second, str):
        return "; ".join(o for o in (first, second) if isinstance(o, str)) if first != second else ""
    if first[0] != second[0]:
        return "weights of other shapes"
    apart = {key: d for key, d in distances(first[1], second[1]).items() if d > AGREEMENT}
    return ", ".join(f"{key} {distance:.1e}" for key, distance in sorted(apart.items()))


def line(case, versions, formulas, results):
    """A case as one line."""
    calls = []
    for call, result in zip(case["calls"], results, strict=True):
        outputs = [{"shape": list(o.shape), "values": rounded(o)} for o in result["outputs"]]
        others = {key: [rounded(v) for v in values] for key, values in result.items() if key != "outputs"}
        calls.append({**call, "outputs": outputs, **others})
    content = {"name": case["name"], "versions": versions, "layer": case["layer"], "weights": formulas, "calls": calls}
    return json.dumps(content, separators=(",", ":"))


def float_distance(case):
    """How far the newest Keras is in float from itself in double."""
    library = next(iter(VERSIONS.values()))
    double = outcome(library, case)
    set_precision("float32")
    single = outcome(library, case)
    set_precision("float64")
    return 0.0 if isinstance(double, str) else max(distances(double[1], single[1]).values())


def golden_lines(name, cases):
    """The lines of one file; prints differences."""
    lines, seen, single = [], set(), (0.0, "")
    for case in cases:
        assert case["name"] not in seen, f"two cases {case['name']}"
        seen.add(case["name"])
        outcomes = {version: outcome(library, case) for version, library in VERSIONS.items()}
        (first, one), (second, other) = outcomes.items()
        single = max(single, (float_distance(case), case["name"]))
        words = differing(one, other)
        if words:
            print(f"DIFFERS {name}: {case['name']}: {words}", flush=True)
        groups = {(first,): one, (second,): other} if words else {(first, second): one}
        for versions, found in groups.items():
            if isinstance(found, str):
                print(f"REFUSED {name}: {case['name']}: by {NAMES[versions[0]]}: {found}", flush=True)
            else:
                lines.append(line(case, versions, *found))
    print(f"float differs from double by {single[0]:.1e} at most, in {name}: {single[1]}")
    return lines


def write(name, lines):
    """Writes one file."""
    GOLDENS.mkdir(exist_ok=True)
    path = GOLDENS / f"keras-{name.replace(' ', '-')}.jsonl"
    header = {"versions": NAMES, "command": "python scripts/golden/keras_recurrent.py"}
    path.write_text("\n".join([json.dumps(header), *lines]) + "\n")
    print(f"{path.name}: {len(lines)} lines, {path.stat().st_size} bytes", flush=True)


def set_precision(name):
    """Sets what both versions compute in."""
    for library in VERSIONS.values():
        library.backend.set_floatx(name)
    keras.config.set_dtype_policy(name)


def main():
    set_precision("float64")
    chosen = sys.argv[1:]
    for name, cases in FILES.items():
        if not chosen or name in chosen:
            write(name, golden_lines(name, cases()))
    for name, lines in OTHERS.items():
        if not chosen or name in chosen:
            write(name, lines())


if __name__ == "__main__":
    main()
