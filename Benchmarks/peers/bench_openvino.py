"""Measures inference in OpenVINO with the paper's CRNN; prints a line of JSON.

    venv/bin/python Benchmarks/peers/bench_openvino.py FOLDER [--precision bf16] [--batch 64]
"""

import openvino

import measurement
from recording import Recording


def compiled(core, arguments, batch, shape):
    """The network for batches of one size. In an int8 network, OpenVINO chooses the float format of the other layers."""
    name = "crnn-int8.xml" if arguments.precision == "int8" else "crnn.onnx"
    model = core.read_model(arguments.folder / name)
    model.reshape({model.inputs[0]: [batch, *shape]})
    options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": arguments.threads}
    if arguments.precision != "int8":
        options["INFERENCE_PRECISION_HINT"] = arguments.precision
    return core.compile_model(model, "CPU", options)


def main():
    arguments = measurement.arguments(__doc__, ["f32", "bf16", "int8"])
    recording = Recording(arguments.folder / "recording.safetensors")
    core, shape = openvino.Core(), recording.images.shape[1:]
    request = compiled(core, arguments, arguments.batch, shape).create_infer_request()
    images = recording.batch(arguments.batch)
    milliseconds = measurement.median_milliseconds(lambda: request.infer([images]), arguments.seconds)
    scores = compiled(core, arguments, len(recording.images), shape)([recording.images])[0]
    found = measurement.differences(scores, recording)
    measurement.report(openvino.__version__.split("-")[0], milliseconds, arguments.batch, found)


if __name__ == "__main__":
    main()
