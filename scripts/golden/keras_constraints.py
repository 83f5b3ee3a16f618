"""What each constraint of Keras makes of a weight."""

import json

from keras_layers import VERSIONS, pattern, rounded, tensor

CONSTRAINTS = [
    {"class": "NonNeg"},
    {"class": "MaxNorm", "max_value": 1.5},
    {"class": "MaxNorm", "max_value": 1.0, "axis": 1},
    {"class": "UnitNorm"},
    {"class": "UnitNorm", "axis": 1},
    {"class": "MinMaxNorm", "min_value": 1.2, "max_value": 1.4},
    {"class": "MinMaxNorm", "min_value": 1.2, "max_value": 1.4, "rate": 0.5, "axis": 1},
    {"class": "UnitNorm", "axis": [0, 1, 2]},
]


def constrained(library, description, weight):
    """A weight after its constraint."""
    options = dict(description)
    return rounded(getattr(library.constraints, options.pop("class"))(**options)(tensor(weight)))


def lines():
    """One line for each constraint and difference between versions."""
    written = []
    for description in CONSTRAINTS:
        shape = [2, 2, 2, 3] if isinstance(description.get("axis"), list) else [3, 4]
        values = {v: constrained(library, description, pattern(3, shape)) for v, library in VERSIONS.items()}
        same = values[2] == values[3]
        for versions, found in [([3, 2], values[3])] if same else [([v], values[v]) for v in values]:
            weight = {"step": 3, "shape": shape}
            content = {"versions": versions, "constraint": description, "weight": weight, "values": found}
            written.append(json.dumps(content, separators=(",", ":")))
    return written
