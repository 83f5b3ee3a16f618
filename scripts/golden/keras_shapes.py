"""The shapes that Keras gives for every layer and option: outputs, weights, and the bias to begin with."""

import json
from itertools import product

import numpy

from keras_cases import CELLS, cell_of
from keras_layers import VERSIONS, build, tensor, tensorflow, value

SWITCHES = [
    {key: True for key, on in zip(("return_sequences", "return_state"), both, strict=True) if on}
    for both in product((False, True), repeat=2)
]


def descriptions():
    """Layers with the shape of their input; `below` bounds whole numbers."""
    sequence = [2, 5, 3]
    stacked = {"class": "StackedRNNCells", "cells": [cell_of(CELLS[name][0]) for name in ("LSTM", "GRU")]}
    recurrent = [(layer | {"units": 4}, sequence) for layer, _ in CELLS.values()]
    recurrent += [({"class": "RNN", "cell": stacked}, sequence)]
    for (layer, shape), switches in product(recurrent, SWITCHES):
        yield {**layer, **switches}, shape
        for merge in ("concat", "sum", "mul", "ave", None):
            if layer["class"] != "RNN":
                yield {"class": "Bidirectional", "merge_mode": merge, "layer": {**layer, **switches}}, shape
    for layer, _ in CELLS.values():
        yield {**layer, "return_sequences": True, "return_state": True}, [1, 1, 2]
        yield {**layer, "use_bias": False}, sequence
    yield {**CELLS["LSTM"][0], "unit_forget_bias": False}, sequence
    yield from convolutional()
    yield from others()


def convolutional():
    """ConvLSTM2D over what changes its shape."""
    for padding, kernel, strides, switches in product(
        ("valid", "same"), ([3, 3], [2, 3]), ([1, 1], [2, 2], [1, 2]), SWITCHES
    ):
        layer = {"class": "ConvLSTM2D", "filters": 4, "kernel_size": kernel, "strides": strides, "padding": padding}
        yield {**layer, **switches}, [2, 3, 5, 6, 1]
    for padding in ("valid", "same"):
        layer = {"class": "ConvLSTM2D", "filters": 2, "kernel_size": [2, 2], "padding": padding}
        yield {**layer, "dilation_rate": [2, 3], "return_sequences": True}, [1, 2, 6, 7, 3]
    layer = {"class": "ConvLSTM2D", "filters": 2, "kernel_size": 3, "return_sequences": True}
    yield {**layer, "unit_forget_bias": False}, [1, 2, 4, 4, 1]
    yield {**layer, "use_bias": False}, [1, 2, 4, 4, 1]


def others():
    """Layers beside the recurrent ones."""
    for shape in ([2, 3], [2, 5, 3], [2, 5, 4, 3]):
        yield {"class": "Dense", "units": 4}, shape
    yield {"class": "Dense", "units": 4, "use_bias": False}, [2, 3]
    for shape in ([2, 5], [2]):
        yield {"class": "Embedding", "input_dim": 7, "output_dim": 3}, shape
    yield {"class": "Masking"}, [2, 5, 3]
    for layer, shape in (
        ({"class": "Dense", "units": 4}, [2, 5, 3]),
        ({"class": "LSTM", "units": 4}, [2, 5, 6, 3]),
        ({"class": "LSTM", "units": 4, "return_sequences": True}, [2, 5, 6, 3]),
    ):
        yield {"class": "TimeDistributed", "layer": layer}, shape


def flattened(shapes):
    """A list of shapes from nested ones."""
    if hasattr(shapes, "as_list"):
        return [shapes.as_list()]
    if isinstance(shapes, (list, tuple)) and all(isinstance(side, int) for side in shapes):
        return [list(shapes)]
    return [shape for part in shapes for shape in flattened(part)]


def found(library, description, shape):
    """What a version says of a layer, checked against what a call gives."""
    layer = build(library, description)
    whole = description["class"] == "Embedding"
    outputs = layer(tensor(numpy.zeros(shape, int if whole else float)))
    shapes = [list(output.shape) for output in tensorflow.nest.flatten(outputs)]
    try:
        stated = flattened(layer.compute_output_shape(tuple(shape)))
    except Exception as error:
        stated = f"{type(error).__name__}: {error}"
    if stated != shapes:
        print(f"UNTRUE {library.__name__} {description}: states {stated}, gives {shapes}", flush=True)
    weights = [value(weight) for weight in layer.trainable_weights]
    entry = {"outputs": shapes, "weights": [list(weight.shape) for weight in weights]}
    names = [weight.name.split("/")[-1].split(":")[0] for weight in layer.trainable_weights]
    if "bias" in names and "class" in description and description["class"] != "Bidirectional":
        entry["bias"] = [int(number) for number in numpy.array(weights[names.index("bias")]).reshape(-1)]
    return entry


def lines():
    """One line for each layer, input shape and difference between versions."""
    written = []
    for description, shape in descriptions():
        entries = {version: found(library, description, shape) for version, library in VERSIONS.items()}
        (first, one), (second, other) = entries.items()
        groups = [([first, second], one)] if one == other else [([first], one), ([second], other)]
        if one != other:
            print(f"DIFFERS shapes: {description}: {one} {other}", flush=True)
        for versions, entry in groups:
            content = {"versions": versions, "layer": description, "input": shape, **entry}
            written.append(json.dumps(content, separators=(",", ":")))
    return written
