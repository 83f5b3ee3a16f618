"""Writes the network of a recording in the forms that ONNX Runtime and OpenVINO read.

    venv/bin/python Benchmarks/peers/export.py FOLDER

FOLDER holds `recording.safetensors`, from `crnn benchmark --record`. Made are `crnn.onnx`, `crnn-int8.onnx` by ONNX
Runtime's static quantization, `crnn-int8.xml` by OpenVINO's NNCF, both calibrated on the recorded images, and
`picture.png`, the first of these.
"""

import pathlib
import sys

import nncf
import openvino
import torch
from PIL import Image
from onnxruntime import quantization
from onnxruntime.quantization.shape_inference import quant_pre_process

from recording import Recording


class Images(quantization.CalibrationDataReader):
    """The recorded images, one at a time."""

    def __init__(self, images):
        self.left = [{"images": image[None]} for image in images]

    def get_next(self):
        return self.left.pop() if self.left else None


def write_onnx(recording, path):
    """The network in floats, for batches of any size."""
    torch.onnx.export(
        recording.model().eval(), (torch.from_numpy(recording.batch(2)),), str(path), input_names=["images"],
        output_names=["scores"], dynamic_axes={"images": {0: "batch"}, "scores": {0: "batch"}},
        opset_version=17, dynamo=False)


def write_quantized_onnx(recording, source, path):
    """Convolutions and products in bytes, each channel with a scale of its own; LSTMs' weights in bytes."""
    prepared = path.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    static = path.with_suffix(".static.onnx")
    quantization.quantize_static(
        str(prepared), str(static), Images(recording.images), per_channel=True,
        quant_format=quantization.QuantFormat.QDQ, activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8, op_types_to_quantize=["Conv", "MaxPool", "MatMul", "Relu"])
    quantization.quantize_dynamic(
        str(static), str(path), weight_type=quantization.QuantType.QInt8, op_types_to_quantize=["LSTM"])


def write_quantized_openvino(recording, source, path):
    """What NNCF makes of the network by default."""
    model = openvino.Core().read_model(source)
    images = nncf.Dataset([image[None] for image in recording.images], lambda image: {"images": image})
    openvino.save_model(nncf.quantize(model, images), path, compress_to_fp16=False)


def write_picture(recording, path):
    """The first image in grey bytes."""
    Image.fromarray(((recording.images[0, 0] + 1) * 127.5).round().astype("uint8")).save(path)


def main():
    folder = pathlib.Path(sys.argv[1])
    recording = Recording(folder / "recording.safetensors")
    write_onnx(recording, folder / "crnn.onnx")
    write_quantized_onnx(recording, folder / "crnn.onnx", folder / "crnn-int8.onnx")
    write_quantized_openvino(recording, folder / "crnn.onnx", folder / "crnn-int8.xml")
    write_picture(recording, folder / "picture.png")


if __name__ == "__main__":
    main()
