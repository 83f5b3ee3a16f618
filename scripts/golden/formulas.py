"""Weights, pictures and labels as integer formulas, so that another language repeats them exactly.

Every value comes from one 32-bit hash. A parameter's values are
    u = 2 * hash(element, parameter) / 2**32 - 1          in [-1, 1), computed in double, rounded to float,
times the scale of its kind (`scaled`), where `parameter` is its index in the list of all names, parameters
and running statistics together, sorted by code point, and `element` its row-major index.
"""

import numpy

HEIGHT = 32
SYMBOLS = 36
CLASSES = SYMBOLS + 1  # class 0 is the blank
UNITS = 256
CHANNELS = [1, 64, 128, 256, 256, 512, 512, 512]
NORMALIZED = (4, 5)
CLASSIFIER_GAIN = 8.0


def shapes():
    """Every parameter's and statistic's name and shape: kernels as height, width, in, out; gates as i f c o."""
    found = {}
    for layer in range(7):
        side = 2 if layer == 6 else 3
        name = f"convolutions.{layer}"
        found[f"{name}.convolution.kernel"] = (side, side, CHANNELS[layer], CHANNELS[layer + 1])
        found[f"{name}.convolution.bias"] = (CHANNELS[layer + 1],)
        if layer in NORMALIZED:
            for part in ("scale", "shift", "mean", "variance"):
                found[f"{name}.normalization.{part}"] = (CHANNELS[layer + 1],)
    for layer in range(2):
        features = CHANNELS[-1] if layer == 0 else 2 * UNITS
        for direction in ("forward", "backward"):
            name = f"recurrence.{layer}.{direction}"
            found[f"{name}.kernel"] = (features, 4 * UNITS)
            found[f"{name}.recurrentKernel"] = (UNITS, 4 * UNITS)
            found[f"{name}.bias"] = (4 * UNITS,)
    found["classifier.kernel"] = (2 * UNITS, CLASSES)
    found["classifier.bias"] = (CLASSES,)
    return dict(sorted(found.items()))


def hashed(element, parameter):
    """The 32-bit hash of an element's index and its parameter's index; wraps."""
    with numpy.errstate(over="ignore"):
        x = numpy.asarray(element, numpy.uint32) * numpy.uint32(2654435761)
        x = x + numpy.uint32((parameter * 40503 + 12345) & 0xFFFFFFFF)
        for _ in range(2):
            x = (x ^ (x >> numpy.uint32(16))) * numpy.uint32(0x45D9F3B)
    return x ^ (x >> numpy.uint32(16))


def scaled(name, shape, u):
    """The values of the parameter `name` from u in [-1, 1)."""
    kind = name.rsplit(".", 1)[1]
    if name.startswith("recurrence") and kind != "bias":
        return u / numpy.sqrt(UNITS)
    if kind == "kernel":
        fan_in = numpy.prod(shape[:-1])
        gain = CLASSIFIER_GAIN if name.startswith("classifier") else 1.0
        return u * (numpy.sqrt(6.0 / fan_in) * gain)
    return {
        "bias": 0.1 * u,
        "scale": 1 + 0.2 * u,
        "shift": 0.2 * u,
        "mean": 0.1 * u,
        "variance": 1 + 0.5 * numpy.abs(u),
    }[kind]


def weights():
    """Every parameter and statistic by name, as float32."""
    made = {}
    for index, (name, shape) in enumerate(shapes().items()):
        count = int(numpy.prod(shape))
        u = hashed(numpy.arange(count), index).astype(numpy.float64) / 2.0**32 * 2 - 1
        made[name] = scaled(name, shape, u).astype(numpy.float32).reshape(shape)
    return made


def picture(sample, width):
    """Grey bytes [HEIGHT x width]: three crossing triangle waves of whole numbers and a little grain."""
    y, x = numpy.mgrid[0:HEIGHT, 0:width].astype(numpy.int64)
    seed = [int(v) for v in hashed(numpy.arange(3), 1000 + sample) % 256]

    def wave(phase):
        return numpy.abs(phase % 512 - 256)

    first = wave((23 + sample) * x + 9 * y + seed[0])
    second = wave(11 * x - (31 + 2 * sample) * y + seed[1] + 65536)
    third = wave(47 * x + 53 * y + seed[2])
    grain = hashed(y * width + x, 2000 + sample).astype(numpy.int64) % 16
    return numpy.minimum((2 * first + second + third) // 4 * 15 // 16 + grain, 255).astype(numpy.uint8)


def label(sample, time):
    """Classes 1...36, at most time / 2 of them, about a third of them repeated; every eighth sample is empty."""
    if sample % 8 == 3:
        return []
    length = 1 + int(hashed(sample, 3000)) % (time // 2)
    classes = []
    for position in range(length):
        value = int(hashed(position, 3001 + sample))
        repeats = position > 0 and value % 3 == 0
        classes.append(classes[-1] if repeats else 1 + value // 3 % SYMBOLS)
    return classes


def sampled(values, limit):
    """At most `limit` elements at an even stride, made odd so that it visits every channel."""
    flat = numpy.asarray(values).reshape(-1)
    count = min(limit, flat.size)
    stride = flat.size // count
    stride -= stride % 2 == 0
    return numpy.ascontiguousarray(flat[: count * stride : stride], numpy.float32)
