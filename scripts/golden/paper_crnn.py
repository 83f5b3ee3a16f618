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

# The first picture of each case: of some dozens tried, those whose gradient rounding moves least (see `unrest`).
FIRST = {
    "formula": {(1, 32): 8, (1, 100): 16, (1, 257): 24, (8, 32): 0, (8, 100): 0, (8, 257): 0},
    "real": {(1, 32): 0, (1, 100): 0, (1, 257): 24, (8, 32): 8, (8, 100): 40, (8, 257): 8},
}
ROUNDING = 1e-6
GOLDENS = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecognitionTests/Goldens"


class PaperCRNN(torch.nn.Module):
    """Images [N x 1 x 32 x W] to scores [N x (W // 4 + 1) x K].

    `noise` disturbs what each convolution gives, in units of its standard deviation.
    """

    def __init__(self, noise=0.0):
        super().__init__()
        self.noise = noise
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
            if self.noise:
                x = x + self.noise * x.detach().std() * torch.randn_like(x)
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


def real_names(samples, data):
    """Pictures of words and of captchas in turn, as paths below `data`."""
    folders = [sorted((data / name / "images").glob("*.png")) for name in ("iiit5k-train", "captcha-v2")]
    return [str(folders[sample % 2][sample // 2].relative_to(data)) for sample in samples]


def formula_pixels(samples, width):
    """Grey bytes [batch x 32 x width] of formula pictures."""
    return numpy.stack([formulas.picture(sample, width) for sample in samples])


def real_pixels(names, width, data):
    """Grey bytes [batch x 32 x width] of picture files.

    Rows first, then columns: Pillow did so by itself up to 12; from 13 on it takes the cheaper order.
    """
    images = []
    for name in names:
        image = Image.open(data / name).convert("L")
        for size in ((width, image.height), (width, formulas.HEIGHT)):
            image = image.resize(size, Image.Resampling.BILINEAR)
        images.append(numpy.asarray(image))
    return numpy.stack(images)


def results(images, samples, weights, dtype, noise=0.0):
    """Everything a case compares, by name, in our layouts."""
    model = PaperCRNN(noise).load(weights).to(dtype)
    inputs = (torch.from_numpy(images).to(dtype) / 255 - 0.5) / 0.5
    found = {}
    model.eval()
    with torch.no_grad():
        found["logits.inference"] = model(inputs[:, None]).numpy()
    model.train()
    logits = model(inputs[:, None])
    found["logits.training"] = logits.detach().numpy()
    batch, time, _ = logits.shape
    labels = [formulas.label(sample, time) for sample in samples]
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


def vanishes(name):
    """Whether a gradient is zero but for rounding: a bias in front of a normalization."""
    return any(name == f"gradient.convolutions.{layer}.convolution.bias" for layer in formulas.NORMALIZED)


def relative_errors(found, other):
    """The distance of `other`'s gradients from those in `found`, relative to their norm, by name."""
    return {
        name: numpy.linalg.norm(found[name] - other[name]) / numpy.linalg.norm(found[name])
        for name in found
        if name.startswith("gradient") and not vanishes(name)
    }


def unrest(found, images, samples, weights):
    """How far noise as small as float's rounding moves each gradient; the largest of three trials.

    The gradient jumps where a ReLU or a maximum changes its mind. Among millions of them some are always within
    rounding of that, so no two implementations in float need agree better than this.
    """
    largest = {}
    for seed in range(3):
        torch.manual_seed(seed)
        disturbed = results(images, samples, weights, torch.float64, ROUNDING)
        for name, error in relative_errors(found, disturbed).items():
            largest[name] = max(error, largest.get(name, 0.0))
    return largest


def float_deviation(found, single):
    """How far PyTorch's float is: the logits' largest difference and the gradients' largest relative error."""
    logits = max(numpy.abs(found[n] - single[n]).max() for n in found if n.startswith("logits"))
    return f"logits {logits:.1e}, gradients {max(relative_errors(found, single).values()):.1e}"


def written(found, moved, whole):
    """What a golden file holds: every value or a sample of it, each gradient's norm and unrest."""
    kept = {}
    for name, values in found.items():
        limit = 128 if name.startswith(("gradient", "statistic")) else 1024
        everything = whole or (name.startswith("logits") and values.shape[0] == 1)
        kept[name] = formulas.sampled(values, values.size if everything else limit)
        if name.startswith("gradient"):
            norm = numpy.linalg.norm(values.astype(numpy.float64))
            kept[name.replace("gradient", "norm", 1)] = numpy.array([norm], numpy.float32)
    for name, error in moved.items():
        kept[name.replace("gradient", "unrest", 1)] = numpy.array([error], numpy.float32)
    return kept


def write_case(kind, batch, width, weights, data, dump):
    """Computes one case and writes its file."""
    samples = range(FIRST[kind][batch, width], FIRST[kind][batch, width] + batch)
    names = real_names(samples, data) if kind == "real" else []
    images = real_pixels(names, width, data) if names else formula_pixels(samples, width)
    found = results(images, samples, weights, torch.float64)
    moved = unrest(found, images, samples, weights)
    metadata = {
        "first": str(samples[0]),
        "images": ",".join(names),
        "command": "python scripts/golden/paper_crnn.py --data ../shared/data",
        "made with": f"PyTorch {torch.__version__}, double",
        "float": float_deviation(found, results(images, samples, weights, torch.float32)),
    }
    path = (dump or GOLDENS) / f"{kind}-batch{batch}-width{width}.safetensors"
    save_file(written(found, moved, dump is not None), path, metadata)
    path.chmod(0o644)
    print(f"{path.name}: unrest {max(moved.values()):.1e}, float {metadata['float']}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of iiit5k-train and captcha-v2")
    parser.add_argument("--dump", type=pathlib.Path, help="write whole tensors and the weights into this folder")
    arguments = parser.parse_args()
    weights = formulas.weights()
    (arguments.dump or GOLDENS).mkdir(parents=True, exist_ok=True)
    if arguments.dump:
        save_file(weights, arguments.dump / "weights.safetensors")
    for kind, cases in FIRST.items():
        for batch, width in cases:
            write_case(kind, batch, width, weights, arguments.data, arguments.dump)


if __name__ == "__main__":
    main()
