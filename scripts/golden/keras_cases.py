"""The cases of the golden suite: layers, options and inputs, by file."""

from itertools import product

from keras_layers import DROPOUT_STEPS, INPUT_STEPS, RECURRENT_DROPOUT_STEPS, STATE_STEPS

BATCH, TIME, FEATURES, UNITS = 2, 3, 2, 2

# Each mask has one sample of full length, except where the name says otherwise.
MASKS = {
    "right-padded": [[1, 1, 0], [1, 1, 1]],
    "left-padded": [[0, 1, 1], [1, 1, 1]],
    "with holes": [[1, 0, 1], [0, 1, 0]],
    "masked throughout": [[0, 0, 0], [1, 1, 0]],
}
CELLS = {
    "SimpleRNN": ({"class": "SimpleRNN", "units": UNITS}, 1),
    "LSTM": ({"class": "LSTM", "units": UNITS}, 2),
    "GRU": ({"class": "GRU", "units": UNITS}, 1),
    "GRU reset before": ({"class": "GRU", "units": UNITS, "reset_after": False}, 1),
}
SEQUENCES = {"return_sequences": True}
STATE = {"return_state": True}
BOTH = {**SEQUENCES, **STATE}


def called(shape=(BATCH, TIME, FEATURES), step=INPUT_STEPS[0], **options):
    """A call with the pattern of `step` as its input."""
    return {"input": {"step": step, "shape": list(shape)}, **options}


def states(count, shape=(BATCH, UNITS)):
    """Initial states."""
    return [{"step": step, "shape": list(shape)} for step in STATE_STEPS[:count]]


def case(name, layer, *calls):
    """A case with one plain call where none is given."""
    return {"name": name, "layer": layer, "calls": list(calls) or [called()]}


def cell_cases(name):
    """Every option of one recurrent layer."""
    layer, count = CELLS[name]
    start = {"initialState": states(count)}
    yield case("defaults", layer)
    yield case("return sequences", {**layer, **SEQUENCES})
    yield case("return state", {**layer, **STATE})
    yield case("return sequences and state, initial state", {**layer, **BOTH}, called(**start))
    yield case("one step, one sample", {**layer, **BOTH}, called((1, 1, FEATURES)))
    yield case("go backwards", {**layer, "go_backwards": True})
    yield case(
        "go backwards, return sequences and state", {**layer, **BOTH, "go_backwards": True}, called(**start)
    )
    for mask, values in MASKS.items():
        yield case(f"mask {mask}", {**layer, **BOTH}, called(mask=values))
    for mask in ("left-padded", "masked throughout"):
        yield case(f"mask {mask}, initial state", {**layer, **BOTH}, called(mask=MASKS[mask], **start))
    for mask in ("right-padded", "with holes"):
        yield case(
            f"mask {mask}, go backwards", {**layer, **BOTH, "go_backwards": True}, called(mask=MASKS[mask])
        )
    yield case("mask right-padded, last output", layer, called(mask=MASKS["right-padded"]))
    zero = {**layer, "zero_output_for_mask": True}
    yield case("mask with holes, zero output", {**zero, **BOTH}, called(mask=MASKS["with holes"], **start))
    yield case("mask right-padded, zero output, last output", zero, called(mask=MASKS["right-padded"]))
    yield case("no bias", {**layer, "use_bias": False, **BOTH}, called(**start))
    yield case("unrolled", {**layer, "unroll": True, **BOTH}, called(mask=MASKS["with holes"], **start))
    for activation in ("relu", "linear", "hard_sigmoid"):
        yield case(f"activation {activation}", {**layer, "activation": activation, **BOTH})
    if name != "SimpleRNN":
        for activation in ("hard_sigmoid", "tanh"):
            yield case(
                f"recurrent activation {activation}", {**layer, "recurrent_activation": activation, **BOTH}
            )
        yield case("implementation 1", {**layer, "implementation": 1, **BOTH}, called(**start))
    yield case("stateful", {**layer, "stateful": True}, *batches())
    yield case(
        "stateful, mask, return sequences and state",
        {**layer, "stateful": True, **BOTH},
        *batches(mask=MASKS["right-padded"])[:2],
    )
    scan = {"class": "RNN", "cell": cell_of(layer)}
    yield case("scanned", {**scan, **BOTH}, called(mask=MASKS["right-padded"], **start))
    yield from regularized(layer)
    yield from dropped(name, layer, count)


def batches(**options):
    """Three batches, and the first once more after a reset."""
    found = [called(step=step, **options) for step in INPUT_STEPS[:3]]
    return [*found, called(reset=True, **options)]


def cell_of(layer):
    """A layer's cell."""
    return {**layer, "class": layer["class"] + "Cell"}


def regularized(layer):
    """Penalties on each weight."""
    yield case(
        "regularizers",
        {
            **layer,
            "kernel_regularizer": {"class": "L1", "l1": 0.1},
            "recurrent_regularizer": {"class": "L2", "l2": 0.2},
            "bias_regularizer": {"class": "L1L2", "l1": 0.3, "l2": 0.4},
        },
    )


def dropped(name, layer, count):
    """Dropout with given masks; one mask, or one for each gate."""
    gates = {"SimpleRNN": 1, "LSTM": 4}.get(name, 3)
    for implementation in (1, 2) if gates > 1 else (2,):
        masks = gates if implementation == 1 else 1
        options = {} if gates == 1 else {"implementation": implementation}
        cell = {**cell_of(layer), **options, "dropout": 0.5}
        call = called(dropout=held(DROPOUT_STEPS, masks, FEATURES), initialState=states(count))
        yield case(
            f"dropout{f', implementation {implementation}' if gates > 1 else ''}",
            {"class": "RNN", "cell": cell, **SEQUENCES},
            call,
        )
    cell = {**cell_of(layer), "dropout": 0.5, "recurrent_dropout": 0.5}
    call = called(
        dropout=held(DROPOUT_STEPS, gates, FEATURES),
        recurrentDropout=held(RECURRENT_DROPOUT_STEPS, gates, UNITS),
        initialState=states(count),
    )
    yield case("dropout and recurrent dropout", {"class": "RNN", "cell": cell, **SEQUENCES}, call)


def held(steps, count, width):
    """Dropout masks, the same for every step."""
    return [{"step": step, "shape": [BATCH, width]} for step in steps[:count]]


def stacked_cases():
    """Cells on cells, and cells of one's own."""
    lstm, gru, simple = ({"class": f"{name}Cell", "units": UNITS} for name in ("LSTM", "GRU", "SimpleRNN"))
    own = {"class": "MinimalGatedUnitCell", "units": UNITS}
    wide = {**lstm, "units": 3}
    mask = MASKS["right-padded"]
    for name, cells, counts in (
        ("LSTM, LSTM", [lstm, lstm], [2, 2]),
        ("GRU, GRU", [gru, gru], [1, 1]),
        ("SimpleRNN, SimpleRNN", [simple, simple], [1, 1]),
        ("LSTM, GRU, SimpleRNN", [lstm, gru, simple], [2, 1, 1]),
        ("minimal gated unit, LSTM", [own, lstm], [1, 2]),
    ):
        layer = {"class": "RNN", "cell": {"class": "StackedRNNCells", "cells": cells}}
        yield case(f"{name}: return sequences and state", {**layer, **BOTH})
        yield case(f"{name}: mask, last output and state", {**layer, **STATE}, called(mask=mask))
        start = {"initialState": states(sum(counts)), "nesting": counts}
        yield case(f"{name}: initial state", {**layer, **BOTH}, called(**start))
        left = called(mask=MASKS["left-padded"], **start)
        yield case(f"{name}: mask left-padded, initial state", {**layer, **BOTH}, left)
        yield case(f"{name}: go backwards", {**layer, **SEQUENCES, "go_backwards": True})
    layer = {"class": "RNN", "cell": {"class": "StackedRNNCells", "cells": [lstm, gru]}}
    yield case("LSTM, GRU: stateful", {**layer, "stateful": True}, *batches())
    layer = {"class": "RNN", "cell": {"class": "StackedRNNCells", "cells": [wide, lstm]}}
    yield case("LSTM of 3, LSTM of 2", {**layer, **BOTH})
    yield case("minimal gated unit", {"class": "RNN", "cell": own, **BOTH}, called(mask=mask))
    for options in ({}, BOTH):
        constants = [{"step": STATE_STEPS[3], "shape": [BATCH, 3]}]
        layer = {"class": "RNN", "cell": {"class": "ConstantCell", "units": UNITS, "constant_size": 3}, **options}
        yield case("constants" + (", sequences and state" * bool(options)), layer, called(constants=constants))


def bidirectional_cases():
    """All ways to merge, with and without sequences, states, masks and initial states."""
    for (name, (layer, count)), merge in product(CELLS.items(), ("concat", "sum", "mul", "ave", None)):
        wrapped = {"class": "Bidirectional", "merge_mode": merge}
        start = {"initialState": states(2 * count)}
        for text, options in (("", {}), (", return state", STATE), (", return sequences", SEQUENCES)):
            yield case(f"{name} {merge}{text}", {**wrapped, "layer": {**layer, **options}})
        both = {**wrapped, "layer": {**layer, **BOTH}}
        mask = {"concat": "right-padded", "sum": "with holes", "mul": "left-padded"}.get(merge)
        options = {"mask": MASKS[mask]} if mask else {}
        text = f", mask {mask}" if mask else ""
        yield case(f"{name} {merge}, sequences and state, initial state{text}", both, called(**options, **start))
    for name, (layer, _) in CELLS.items():
        wrapped = {"class": "Bidirectional", "merge_mode": "concat", "layer": layer}
        yield case(f"{name} concat, mask with holes, last output", wrapped, called(mask=MASKS["with holes"]))
    lstm, simple = CELLS["LSTM"][0], CELLS["SimpleRNN"][0]
    wrapped = {"class": "Bidirectional", "layer": {**lstm, **SEQUENCES}}
    yield case("LSTM, mask masked throughout", wrapped, called(mask=MASKS["masked throughout"]))
    yield case("LSTM stateful", {**wrapped, "layer": {**lstm, "stateful": True}}, *batches())
    backward = {**simple, **SEQUENCES, "go_backwards": True}
    yield case("LSTM forward, SimpleRNN backward", {**wrapped, "backward_layer": backward})
    own = {"class": "RNN", "cell": {"class": "MinimalGatedUnitCell", "units": UNITS}, **SEQUENCES}
    yield case("minimal gated unit", {**wrapped, "layer": own}, called(mask=MASKS["right-padded"]))


def convolutional_cases():
    """ConvLSTM2D on pictures of 3 by 3."""
    layer = {"class": "ConvLSTM2D", "filters": 1, "kernel_size": [2, 2], "recurrent_activation": "sigmoid"}
    plain = called((1, 2, 3, 3, 1))
    pair = (2, 3, 3, 3, 1)
    yield case("defaults", {"class": "ConvLSTM2D", "filters": 1, "kernel_size": [2, 2]}, plain)
    for padding in ("valid", "same"):
        options = {**layer, "padding": padding}
        side = 2 if padding == "valid" else 3
        yield case(f"{padding}, return sequences and state", {**options, **BOTH}, plain)
        yield case(f"{padding}, strides", {**options, "strides": [2, 1], **SEQUENCES}, plain)
        start = states(2, (1, side, side, 1))
        yield case(f"{padding}, initial state", {**options, **STATE}, called((1, 2, 3, 3, 1), initialState=start))
    yield case(
        "two filters, two channels, kernel 3 by 2",
        {**layer, "filters": 2, "kernel_size": [3, 2], "padding": "same", **SEQUENCES},
        called((1, 2, 3, 3, 2)),
    )
    yield case("dilation", {**layer, "dilation_rate": [2, 2], **SEQUENCES}, plain)
    yield case("dilation, same", {**layer, "dilation_rate": [1, 2], "padding": "same", **SEQUENCES}, plain)
    yield case("go backwards", {**layer, "go_backwards": True, **BOTH}, plain)
    yield case("no bias", {**layer, "use_bias": False}, plain)
    yield case("activations", {**layer, "activation": "relu", "recurrent_activation": "hard_sigmoid"}, plain)
    for mask in ("right-padded", "with holes"):
        yield case(f"mask {mask}", {**layer, **BOTH}, called(pair, mask=MASKS[mask]))
    yield case("stateful", {**layer, "stateful": True}, *(called((1, 2, 3, 3, 1), s) for s in (5, 11, 14)))
    wrapped = {"class": "Bidirectional", "layer": {**layer, **SEQUENCES}}
    yield case("bidirectional", wrapped, plain)


def model_cases():
    """Layers beside the recurrent ones, and small models of both."""
    dense = {"class": "Dense", "units": UNITS}
    lstm = CELLS["LSTM"][0]
    for activation in ACTIVATIONS:
        yield case(f"Dense {activation}", {**dense, "units": 3, "activation": activation}, called((BATCH, FEATURES)))
    yield case("Dense over time, no bias", {**dense, "use_bias": False})
    yield case("Dense regularized", {**dense, "kernel_regularizer": {"class": "L2", "l2": 0.1}})
    yield case("TimeDistributed Dense", {"class": "TimeDistributed", "layer": dense})
    mask = MASKS["right-padded"]
    yield case("TimeDistributed Dense, mask", {"class": "TimeDistributed", "layer": dense}, called(mask=mask))
    pictures = called((2, 3, 2, 2))
    yield case("TimeDistributed LSTM", {"class": "TimeDistributed", "layer": lstm}, pictures)
    embedding = {"class": "Embedding", "input_dim": 5, "output_dim": FEATURES}
    words = {"input": {"step": 3, "shape": [BATCH, 4], "below": 5}}
    yield case("Embedding", embedding, words)
    yield case("Embedding, mask zero", {**embedding, "mask_zero": True}, words)
    masked = {"class": "Embedding", **embedding, "mask_zero": True}
    model = [masked, {**lstm, **SEQUENCES}, {"class": "Bidirectional", "layer": CELLS["GRU"][0]}, dense]
    yield case("Embedding, LSTM, Bidirectional GRU, Dense", {"class": "Sequential", "layers": model}, words)
    zeroed = called()
    zeroed["input"]["zeroWhere"] = MASKS["with holes"]
    yield case("Masking", {"class": "Masking", "mask_value": 0.0}, zeroed)
    partly = called()
    partly["input"]["zeroWhere"] = [[[1, 0], [0, 0], [1, 1]], [[0, 1], [1, 1], [0, 0]]]
    yield case("Masking, some features", {"class": "Masking", "mask_value": 0.0}, partly)
    yield case("Masking, other value", {"class": "Masking", "mask_value": 0.5}, called((1, 23, 1)))
    model = [{"class": "Masking", "mask_value": 0.0}, lstm, dense]
    yield case("Masking, LSTM, Dense", {"class": "Sequential", "layers": model}, zeroed)
    model = [{**CELLS["GRU"][0], **SEQUENCES}, {"class": "TimeDistributed", "layer": dense}]
    yield case("GRU, TimeDistributed Dense", {"class": "Sequential", "layers": model})


ACTIVATIONS = (
    "linear relu tanh sigmoid hard_sigmoid softmax elu selu softplus softsign exponential gelu swish mish relu6"
).split()

FILES = {name: lambda name=name: cell_cases(name) for name in CELLS} | {
    "stacked": stacked_cases,
    "Bidirectional": bidirectional_cases,
    "ConvLSTM2D": convolutional_cases,
    "models": model_cases,
}
