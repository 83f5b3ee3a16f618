"""Layers of Keras 2 and Keras 3 from one description, weights from formulas, and what a call gives.

A description is a dictionary: `class` names the layer, the rest are Keras' own arguments; `cell`, `layer`,
`cells` and `layers` hold descriptions again. `MinimalGatedUnitCell` and `ConstantCell` are cells of our own.
"""

import math

import keras
import numpy
import tensorflow
import tf_keras

VERSIONS = {3: keras, 2: tf_keras}
NAMES = {3: "keras " + keras.__version__, 2: "tf-keras " + tf_keras.__version__}
LAYER_KEYS = ("cell", "layer", "backward_layer", "cells", "layers")

# Steps of the patterns, each coprime to 23 so that the pattern visits all of its numbers.
INPUT_STEPS = [5, 11, 14, 17]
WEIGHT_STEPS = [3, 7, 4, 8, 13, 15, 19, 2, 20, 21, 9, 16, 18]
STATE_STEPS = [16, 22, 13, 15]
OUTPUT_STEPS = [6, 10, 12, 9, 18, 3]
DROPOUT_STEPS = [7, 12, 5, 20]
RECURRENT_DROPOUT_STEPS = [9, 16, 14, 3]


def pattern(step, shape):
    """The numbers -1.1, -1.0 ... 1.1 in an order of their own for each step, as in GoldenPattern.swift."""
    return ((numpy.arange(math.prod(shape)) * step % 23 - 11) / 10).reshape(shape)


def rounded(values):
    """Numbers to seven digits, at most seven after the point; integers stay integers."""
    flat = numpy.asarray(values).reshape(-1)
    if flat.dtype.kind in "iub":
        return [int(number) for number in flat]
    return [round(float(f"{number:.7g}"), 7) + 0.0 for number in flat]


def dropout_pattern(step, shape):
    """2 where (index + 1) * step % 23 < 12, else 0: what dropout of one half multiplies with."""
    return (2.0 * (numpy.arange(1, 1 + math.prod(shape)) * step % 23 < 12)).reshape(shape)


def tensor(values):
    """A constant, numbers of a fraction in the precision that Keras is set to."""
    values = numpy.asarray(values)
    return tensorflow.constant(values, keras.config.floatx() if values.dtype.kind == "f" else None)


def custom_cells(library):
    """Cells that are no part of Keras."""
    base = library.layers.Layer

    class MinimalGatedUnitCell(base):
        """f = sigmoid(x Kf + h Rf + bf), g = tanh(x Kg + (f h) Rg + bg), h' = (1 - f) h + f g."""

        def __init__(self, units, **options):
            super().__init__(**options)
            self.units = self.state_size = self.output_size = units

        def build(self, shape):
            self.kernel = self.add_weight(name="kernel", shape=(shape[-1], 2 * self.units))
            self.recurrent_kernel = self.add_weight(name="recurrent", shape=(self.units, 2 * self.units))
            self.bias = self.add_weight(name="bias", shape=(2 * self.units,))

        def call(self, inputs, states):
            (h,) = states if isinstance(states, (list, tuple)) else (states,)
            bias = tensorflow.convert_to_tensor(self.bias)
            x = tensorflow.matmul(inputs, self.kernel) + bias
            recurrent = tensorflow.convert_to_tensor(self.recurrent_kernel)
            f = tensorflow.sigmoid(x[:, : self.units] + h @ recurrent[:, : self.units])
            g = tensorflow.tanh(x[:, self.units :] + (f * h) @ recurrent[:, self.units :])
            h = (1 - f) * h + f * g
            return h, [h]

        def get_config(self):
            return {**super().get_config(), "units": self.units}

    class ConstantCell(base):
        """h' = tanh(x K + h R + c C) with a constant c."""

        def __init__(self, units, constant_size, **options):
            super().__init__(**options)
            self.units = self.state_size = self.output_size = units
            self.constant_size = constant_size

        def build(self, shape):
            self.kernel = self.add_weight(name="kernel", shape=(shape[-1], self.units))
            self.recurrent_kernel = self.add_weight(name="recurrent", shape=(self.units, self.units))
            self.constant_kernel = self.add_weight(name="constant", shape=(self.constant_size, self.units))

        def call(self, inputs, states, constants):
            h = inputs @ self.kernel + states[0] @ self.recurrent_kernel
            h = tensorflow.tanh(h + constants[0] @ self.constant_kernel)
            return h, [h]

        def get_config(self):
            return {**super().get_config(), "units": self.units, "constant_size": self.constant_size}

    return {cell.__name__: cell for cell in (MinimalGatedUnitCell, ConstantCell)}


CUSTOM = {}
for library in VERSIONS.values():
    CUSTOM[library] = custom_cells(library)
    library.utils.get_custom_objects().update(CUSTOM[library])


def build(library, description):
    """The layer of a description."""
    options = dict(description)
    kind = options.pop("class")
    for key, value in options.items():
        if key in LAYER_KEYS:
            many = isinstance(value, list)
            options[key] = [build(library, item) for item in value] if many else build(library, value)
        elif key.endswith("regularizer"):
            arguments = dict(value)
            options[key] = getattr(library.regularizers, arguments.pop("class"))(**arguments)
    if kind == "Sequential":
        return library.Sequential(options["layers"])
    return {**vars(library.layers), **CUSTOM[library]}[kind](**options)


def value(weight):
    """The TensorFlow variable of a weight of either version."""
    return weight.value if hasattr(weight, "value") and not callable(weight.value) else weight


def fix_dropout(layer, call):
    """Makes a scanned cell drop what the call's formulas say, in place of random masks."""
    for name, key in (("dropout", "dropout"), ("recurrent_dropout", "recurrentDropout")):
        masks = [tensor(dropout_pattern(mask["step"], mask["shape"])) for mask in call.get(key, [])] or None
        alone = masks[0] if masks and len(masks) == 1 else masks

        def for_keras_3(_, found=alone):
            return found

        def for_keras_2(_, training, count=1, masks=masks):
            if masks is None or count == 1:
                return masks and masks[0]
            return masks * count if len(masks) == 1 else masks

        setattr(layer.cell, f"get_{name}_mask", for_keras_3)
        setattr(layer.cell, f"get_{name}_mask_for_cell", for_keras_2)


def given(call):
    """A call's input as an array."""
    formula = call["input"]
    if "below" in formula:
        count = math.prod(formula["shape"])
        return (numpy.arange(count) * formula["step"] % formula["below"]).reshape(formula["shape"])
    values = pattern(formula["step"], formula["shape"])
    if "zeroWhere" in formula:
        values[numpy.array(formula["zeroWhere"]) == 0] = 0
    return values


def arguments(call):
    """Everything but the input that a call is given, and the tensors among it that have gradients."""
    found, watched = {}, {}
    for key, name in (("initialState", "initial_state"), ("constants", "constants")):
        if key in call:
            watched[key] = [tensor(pattern(f["step"], f["shape"])) for f in call[key]]
            found[name] = nested(watched[key], call.get("nesting"))
    if "mask" in call:
        found["mask"] = tensorflow.constant(numpy.array(call["mask"], bool))
    if "dropout" in call or "recurrentDropout" in call:
        found["training"] = True
    return found, watched


def nested(tensors, nesting):
    """States in groups, one a cell, where the cells are stacked."""
    if nesting is None:
        return tensors
    remaining = iter(tensors)
    return [[next(remaining) for _ in range(count)] for count in nesting]


def evaluate(layer, call, weights):
    """The outputs of a call and the gradients of the sum of outputs times patterns plus regularization."""
    inputs = tensor(given(call))
    options, watched = arguments(call)
    with tensorflow.GradientTape() as tape:
        sources = {"input": [inputs] if inputs.dtype.is_floating else [], "weights": weights, **watched}
        for tensors in watched.values():
            tape.watch(tensors)
        tape.watch(sources["input"])
        outputs = tensorflow.nest.flatten(layer(inputs, **options))
        penalty = sum(tensorflow.convert_to_tensor(loss) for loss in layer.losses) if layer.losses else 0
        total = penalty
        for step, output in zip(OUTPUT_STEPS, outputs, strict=False):
            total += tensorflow.reduce_sum(output * tensorflow.cast(pattern(step, output.shape), output.dtype))
    gradients = tape.gradient(total, sources, unconnected_gradients="zero")
    result = {"outputs": [numpy.array(output) for output in outputs]}
    if type(layer).__name__ in ("Masking", "Embedding"):
        mask = layer.compute_mask(inputs)
        result["outputMask"] = [] if mask is None else [numpy.array(mask, int)]
    if layer.losses:
        result["regularization"] = [numpy.array(penalty)]
    for key, tensors in gradients.items():
        if tensors:
            result[f"{key}Gradients"] = [numpy.array(tensorflow.convert_to_tensor(t)) for t in tensors]
    return result


def run(library, case):
    """The weights of a case's layer as formulas, and the results of its calls."""
    layer = build(library, case["layer"])
    first = case["calls"][0]
    options, _ = arguments(first)
    options.pop("training", None)
    layer(tensor(given(first)), **options)
    weights = [value(weight) for weight in layer.trainable_weights]
    formulas = []
    for step, weight in zip(WEIGHT_STEPS, weights, strict=False):
        weight.assign(pattern(step, weight.shape))
        formulas.append({"step": step, "shape": list(weight.shape)})
    assert len(formulas) == len(weights), "more weights than steps"
    if getattr(layer, "stateful", False):
        layer.reset_states()
    results = []
    for call in case["calls"]:
        if call.get("reset"):
            layer.reset_states()
        if "dropout" in call or "recurrentDropout" in call:
            fix_dropout(layer, call)
        results.append(evaluate(layer, call, weights))
    return formulas, results
