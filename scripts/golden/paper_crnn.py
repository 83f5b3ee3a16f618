"""The paper's CRNN (arXiv 1507.05717, table 1) in PyTorch, and the goldens that the Swift tests compare with.

    python3 -m venv venv && venv/bin/pip install torch numpy pillow safetensors
    venv/bin/python scripts/golden/paper_crnn.py --data ../shared/data

writes one safetensors file a case into Tests/RecognitionTests/Goldens. Everything is computed in double from
float weights, so that a difference is the other side's alone; the metadata says how far PyTorch's own float
is from it. With `--dump FOLDER` the same files are written whole, with the weights, for a full comparison:
`CRNN_GOLDENS=FOLDER swift test --filter PaperParity`.
"""

import argparse
import pathlib

import numpy
import torch
from PIL import Image
from safetensors.numpy import save_file

import formulas

REAL = [
    "iiit5k-train/images/1017_1.png",
    "captcha-v2/images/226md.png",
    "iiit5k-train/images/1009_2.png",
    "captcha-v2/images/22d5n.png",
    "iiit5k-train/images/1023_1.png",
    "iiit5k-train/images/1026_4.png",
    "captcha-v2/images/23mdg.png",
    "iiit5k-train/images/1046_5.png",
]
GOLDENS = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecognitionTests/Goldens"


class PaperCRNN(torch.nn.Module):
    """Images [N x 1 x 32 x W] to scores [N x (W // 4 + 1) x K]."""

    def __init__(self):
        super().__init__()
        channels = formulas.CHANNELS
        self.convolutions = torch.nn.ModuleList(
            torch.nn.Conv2d(channels[i], channels[i + 1], 2 if i == 6 else 3, padding=0 if i == 6 else 1)
            for i in range(7)
        )
        self.normalizations = torch.nn.ModuleDict(
            {str(i): torch.nn.BatchNorm2d(channels[i + 1], eps=1e-5, momentum=0.1) for i in formulas.NORMALIZED}
        )
        square = torch.nn.MaxPool2d(2, 2)
        tall = torch.nn.MaxPool2d(2, (2, 1), (0, 1))
        self.pools = {0: square, 1: square, 3: tall, 5: tall}
        self.recurrence = torch.nn.ModuleList(
            torch.nn.LSTM(size, formulas.UNITS, bidirectional=True, batch_first=True)
            for size in (channels[-1], 2 * formulas.UNITS)
        )
        self.classifier = torch.nn.Linear(2 * formulas.UNITS, formulas.CLASSES)

    def forward(self, x):
        for index, convolution in enumerate(self.convolutions):
            x = convolution(x)
            if str(index) in self.normalizations:
                x = self.normalizations[str(index)](x)
            x = torch.relu(x)
            x = self.pools.get(index, torch.nn.Identity())(x)
        x = x.squeeze(2).transpose(1, 2)
        for layer in self.recurrence:
            x, _ = layer(x)
        return self.classifier(x)

    def named(self):
        """Our name, PyTorch's tensor, and the axes that turn PyTorch's layout into ours."""
        for i, convolution in enumerate(self.convolutions):
            yield f"convolutions.{i}.convolution.kernel", convolution.weight, (2, 3, 1, 0)
            yield f"convolutions.{i}.convolution.bias", convolution.bias, (0,)
        for i, normalization in self.normalizations.items():
            name = f"convolutions.{i}.normalization"
            yield f"{name}.scale", normalization.weight, (0,)
            yield f"{name}.shift", normalization.bias, (0,)
            yield f"{name}.mean", normalization.running_mean, (0,)
            yield f"{name}.variance", normalization.running_var, (0,)
        for i, layer in enumerate(self.recurrence):
            for direction, suffix in (("forward", "l0"), ("backward", "l0_reverse")):
                name = f"recurrence.{i}.{direction}"
                yield f"{name}.kernel", getattr(layer, f"weight_ih_{suffix}"), (1, 0)
                yield f"{name}.recurrentKernel", getattr(layer, f"weight_hh_{suffix}"), (1, 0)
                yield f"{name}.bias", getattr(layer, f"bias_ih_{suffix}"), (0,)
        yield "classifier.kernel", self.classifier.weight, (1, 0)
        yield "classifier.bias", self.classifier.bias, (0,)

    def load(self, weights):
        """Takes over `weights` (our names and layouts); PyTorch's second LSTM bias stays zero."""
        with torch.no_grad():
            for name, tensor in self.named_parameters():
                if "bias_hh" in name:
                    tensor.zero_()
            for name, tensor, axes in self.named():
                tensor.copy_(torch.from_numpy(weights[name].transpose(numpy.argsort(axes))))
        return self


def ours(tensor, axes):
    """A PyTorch tensor in our layout."""
    return tensor.detach().numpy().transpose(axes)


def pixels(kind, batch, width, data):
    """Grey bytes [batch x 32 x width] of formula or real pictures."""
    if kind == "formula":
        return numpy.stack([formulas.picture(sample, width) for sample in range(batch)])
    size = (width, formulas.HEIGHT)
    opened = [Image.open(data / name).convert("L").resize(size, Image.Resampling.BILINEAR) for name in REAL[:batch]]
    return numpy.stack([numpy.asarray(image) for image in opened])


def results(images, weights, dtype):
    """Everything a case compares, by name, in our layouts."""
    model = PaperCRNN().load(weights).to(dtype)
    inputs = (torch.from_numpy(images).to(dtype) / 255 - 0.5) / 0.5
    found = {}
    model.eval()
    with torch.no_grad():
        found["logits.inference"] = model(inputs[:, None]).numpy()
    model.train()
    logits = model(inputs[:, None])
    found["logits.training"] = logits.detach().numpy()
    batch, time, _ = logits.shape
    labels = [formulas.label(sample, time) for sample in range(batch)]
    losses = torch.nn.functional.ctc_loss(
        logits.log_softmax(2).transpose(0, 1),
        torch.tensor(sum(labels, []), dtype=torch.long),
        torch.full((batch,), time),
        torch.tensor([len(label) for label in labels]),
        blank=0,
        reduction="none",
    )
    found["losses"] = losses.detach().numpy()
    (losses.sum() / batch).backward()
    for name, tensor, axes in sorted(model.named(), key=lambda item: item[0]):
        if tensor.requires_grad:
            found[f"gradient.{name}"] = ours(tensor.grad, axes)
        else:
            found[f"statistic.{name}"] = ours(tensor, axes)
    return found


def float_deviation(found, single):
    """How far PyTorch's float is: the logits' largest difference and the gradients' largest relative error."""
    logits = max(numpy.abs(found[n] - single[n]).max() for n in found if n.startswith("logits"))
    relative = {
        name: numpy.linalg.norm(found[name] - single[name]) / numpy.linalg.norm(found[name])
        for name in found
        if name.startswith("gradient") and not vanishes(name)
    }
    worst = max(relative, key=relative.get)
    return f"logits {logits:.1e}, gradients {relative[worst]:.1e} ({worst})"


def vanishes(name):
    """Whether a gradient is zero but for rounding: a bias in front of a normalization."""
    return any(name == f"gradient.convolutions.{layer}.convolution.bias" for layer in formulas.NORMALIZED)


def written(found, whole):
    """What a golden file holds: every value or a sample of it, and the norms of all gradients."""
    kept = {}
    for name, values in found.items():
        limit = 128 if name.startswith(("gradient", "statistic")) else 1024
        everything = whole or (name.startswith("logits") and values.shape[0] == 1)
        kept[name] = formulas.sampled(values, values.size if everything else limit)
        if name.startswith("gradient"):
            norm = numpy.linalg.norm(values.astype(numpy.float64))
            kept[name.replace("gradient", "norm", 1)] = numpy.array([norm], numpy.float32)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of iiit5k-train and captcha-v2")
    parser.add_argument("--dump", type=pathlib.Path, help="write whole tensors and the weights into this folder")
    arguments = parser.parse_args()
    folder = arguments.dump or GOLDENS
    folder.mkdir(parents=True, exist_ok=True)
    weights = formulas.weights()
    if arguments.dump:
        save_file(weights, folder / "weights.safetensors")
    for kind in ("formula", "real"):
        for batch in (1, 8):
            for width in (32, 100, 257):
                images = pixels(kind, batch, width, arguments.data)
                found = results(images, weights, torch.float64)
                deviation = float_deviation(found, results(images, weights, torch.float32))
                metadata = {
                    "case": f"{kind} images, batch {batch}, width {width}",
                    "command": "python scripts/golden/paper_crnn.py --data ../shared/data",
                    "images": ",".join(REAL[:batch]) if kind == "real" else "formulas.picture(sample, width)",
                    "float deviation": deviation,
                    "made with": f"PyTorch {torch.__version__}, double",
                }
                name = f"{kind}-batch{batch}-width{width}.safetensors"
                save_file(written(found, arguments.dump is not None), folder / name, metadata)
                spread = found["logits.inference"].std(), found["logits.training"].std()
                print(name, "spread %.2f %.2f" % spread, "losses", found["losses"].round(2), deviation, flush=True)


if __name__ == "__main__":
    main()
