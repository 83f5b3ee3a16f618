"""Measures inference in ONNX Runtime with the paper's CRNN; prints a line of JSON.

    venv/bin/python Benchmarks/peers/bench_ort.py FOLDER [--precision int8] [--batch 64]
"""

import onnxruntime

import measurement
from recording import Recording


def main():
    arguments = measurement.arguments(__doc__, ["f32", "int8"])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    options.log_severity_level = 3
    name = {"f32": "crnn.onnx", "int8": "crnn-int8.onnx"}[arguments.precision]
    session = onnxruntime.InferenceSession(
        str(arguments.folder / name), options, providers=["CPUExecutionProvider"])

    def scores(images):
        return session.run(None, {"images": images})[0]

    recording = Recording(arguments.folder / "recording.safetensors")
    images = recording.batch(arguments.batch)
    milliseconds = measurement.median_milliseconds(lambda: scores(images), arguments.seconds)
    found = measurement.differences(scores(recording.images), recording)
    measurement.report(onnxruntime.__version__, milliseconds, arguments.batch, found)


if __name__ == "__main__":
    main()
