"""PyTorch's speed at training the paper's CRNN: the yardstick beside this project's own benchmark.

    venv/bin/python Benchmarks/peers/bench_torch.py [--batch 64] [--threads 2] [--seconds 20]

One step is forward, CTC, backward and Adam in 32-bit floats on random 32 x 100 images; prints images per second.
"""

import argparse
import pathlib
import statistics
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/golden"))
import formulas
import paper_crnn

WIDTH = 100
FRAMES = WIDTH // 4 + 1


def trained(model, optimizer, images, labels):
    """One training step."""
    optimizer.zero_grad(set_to_none=True)
    scores = model(images).log_softmax(2).transpose(0, 1)
    frames = torch.full((len(labels),), FRAMES)
    lengths = torch.tensor([len(label) for label in labels])
    loss = torch.nn.functional.ctc_loss(scores, torch.tensor(sum(labels, [])), frames, lengths, zero_infinity=True)
    loss.backward()
    optimizer.step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=64, help="images a step")
    parser.add_argument("--threads", type=int, default=2, help="threads of PyTorch")
    parser.add_argument("--seconds", type=float, default=20, help="how long to measure, after three steps")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    model = paper_crnn.PaperCRNN().train()
    optimizer = torch.optim.Adam(model.parameters(), 1e-4)
    images = torch.rand(arguments.batch, 1, formulas.HEIGHT, WIDTH) * 2 - 1
    labels = [formulas.label(sample, FRAMES) for sample in range(arguments.batch)]
    for _ in range(3):
        trained(model, optimizer, images, labels)
    durations = []
    start = time.perf_counter()
    while time.perf_counter() - start < arguments.seconds or len(durations) < 5:
        before = time.perf_counter()
        trained(model, optimizer, images, labels)
        durations.append(time.perf_counter() - before)
    median, best = (arguments.batch / value for value in (statistics.median(durations), min(durations)))
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, batch {arguments.batch}, 32 x {WIDTH}, float: "
          f"median {median:.1f} images/s, best {best:.1f}, {len(durations)} steps")


if __name__ == "__main__":
    main()
