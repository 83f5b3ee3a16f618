"""Measures training and inference in PyTorch with the paper's CRNN; prints a line of JSON.

    venv/bin/python Benchmarks/peers/bench_torch.py FOLDER [--phase training] [--precision bf16] [--form compiled]

A training step is forward, CTC, backward, clipping and Adam, as crnn's; bf16 is PyTorch's autocast there, and
bfloat16 weights in inference.
"""

import contextlib

import torch

import measurement
from recording import Recording

FORMS = ("eager", "channels-last", "compiled")


def formed(model, images, form):
    """The network and images in the layout of the form."""
    if form != "eager":
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    return torch.compile(model) if form == "compiled" else model, images


def training(recording, arguments):
    """A training step; its scores are not compared."""
    weights = recording.model().train()
    optimizer = torch.optim.Adam(weights.parameters(), 1e-4)
    model, images = formed(weights, torch.from_numpy(recording.batch(arguments.batch)), arguments.form)
    labels = torch.tensor([[1 + (n * 7 + i * i) % 36 for i in range(8)] for n in range(arguments.batch)])
    frames = torch.full((arguments.batch,), recording.scores.shape[1])
    lengths = torch.full((arguments.batch,), 8)
    mixed = torch.autocast("cpu", torch.bfloat16) if arguments.precision == "bf16" else contextlib.nullcontext()

    def step():
        optimizer.zero_grad(set_to_none=True)
        with mixed:
            scores = model(images)
        loss = torch.nn.functional.ctc_loss(
            scores.float().log_softmax(2).transpose(0, 1), labels, frames, lengths, zero_infinity=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.parameters(), 5)
        optimizer.step()

    return step, dict


def inference(recording, arguments):
    """Inference of a batch, and a function that compares its scores with those of crnn."""
    torch._inductor.config.freezing = True
    kind = torch.bfloat16 if arguments.precision == "bf16" else torch.float32
    weights = recording.model().eval().to(kind)
    model, images = formed(weights, torch.from_numpy(recording.batch(arguments.batch)).to(kind), arguments.form)

    def read():
        with torch.no_grad():
            return model(images)

    return read, lambda: measurement.differences(read()[:len(recording.scores)].float().numpy(), recording)


def main():
    arguments = measurement.arguments(
        __doc__, ["f32", "bf16"], ("--phase", {"choices": ["training", "inference"], "default": "inference"}),
        ("--form", {"choices": FORMS, "default": "eager"}))
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    recording = Recording(arguments.folder / "recording.safetensors")
    work, compared = (training if arguments.phase == "training" else inference)(recording, arguments)
    milliseconds = measurement.median_milliseconds(work, arguments.seconds)
    measurement.report(torch.__version__.split("+")[0], milliseconds, arguments.batch, compared())


if __name__ == "__main__":
    main()
