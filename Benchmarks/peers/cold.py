"""Reads one PNG in a new process: prints the text.

    venv/bin/python Benchmarks/peers/cold.py torch|ort|openvino FOLDER IMAGE

Each engine imports only what it needs. The image has the network's size.
"""

import pathlib
import sys

import numpy
from PIL import Image

ALPHABET = "-0123456789abcdefghijklmnopqrstuvwxyz"


def torch_scores(folder, images):
    import torch
    from recording import Recording

    model = Recording(folder / "recording.safetensors").model().eval()
    with torch.inference_mode():
        return model(torch.from_numpy(images)).numpy()


def ort_scores(folder, images):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "crnn.onnx"), providers=["CPUExecutionProvider"])
    return session.run(None, {"images": images})[0]


def openvino_scores(folder, images):
    import openvino

    core = openvino.Core()
    model = core.read_model(folder / "crnn.onnx")
    model.reshape({model.inputs[0]: list(images.shape)})
    return core.compile_model(model, "CPU")([images])[0]


def text(scores):
    """The text of the best path: repeats merged, blanks removed."""
    best = scores.argmax(-1)
    kept = [c for c, before in zip(best, [0, *best]) if c != before and c != 0]
    return "".join(ALPHABET[c] for c in kept)


def main():
    engine, folder, path = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    pixels = numpy.asarray(Image.open(path).convert("L"), numpy.float32)
    read = {"torch": torch_scores, "ort": ort_scores, "openvino": openvino_scores}[engine]
    print(text(read(folder, (pixels / 127.5 - 1)[None, None])[0]))


if __name__ == "__main__":
    main()
