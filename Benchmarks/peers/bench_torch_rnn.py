"""PyTorch's speed at recurrent layers: the reference for `CRNNBenchmarks recurrent`.

    venv/bin/python Benchmarks/peers/bench_torch_rnn.py [--batch 64] [--time 26] [--threads 2] [--seconds 3]

Bidirectional layers of 256 units over 512 features in 32-bit floats; prints medians in milliseconds.
"""

import argparse
import statistics
import time

import torch


def median(work, seconds):
    """The median duration of a piece of work in milliseconds, after three warm-up runs."""
    for _ in range(3):
        work()
    durations = []
    start = time.perf_counter()
    while time.perf_counter() - start < seconds or len(durations) < 5:
        before = time.perf_counter()
        work()
        durations.append((time.perf_counter() - before) * 1000)
    return statistics.median(durations)


def trained(layer, inputs, gradient):
    """Forward and backward pass, including the gradient of the input."""
    layer.zero_grad(set_to_none=True)
    inputs.grad = None
    layer(inputs)[0].backward(gradient)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=64, help="sequences a step")
    parser.add_argument("--time", type=int, default=26, help="steps of a sequence")
    parser.add_argument("--features", type=int, default=512, help="features of a step")
    parser.add_argument("--units", type=int, default=256, help="units of each direction")
    parser.add_argument("--threads", type=int, default=2, help="threads of PyTorch")
    parser.add_argument("--seconds", type=float, default=3, help="how long to measure each figure")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    inputs = torch.rand(arguments.batch, arguments.time, arguments.features) * 2 - 1
    gradient = torch.rand(arguments.batch, arguments.time, 2 * arguments.units) * 2 - 1
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, batch {arguments.batch}, "
          f"time {arguments.time}, {arguments.features} to 2 x {arguments.units}, milliseconds:")
    for name in ("LSTM", "GRU", "RNN"):
        layer = getattr(torch.nn, name)(
            arguments.features, arguments.units, batch_first=True, bidirectional=True)
        with torch.no_grad():
            inference = median(lambda: layer(inputs), arguments.seconds)
        leaf = inputs.clone().requires_grad_()
        training = median(lambda: trained(layer, leaf, gradient), arguments.seconds)
        print(f"  {name}: forward {inference:.2f}, forward and backward {training:.2f}")


if __name__ == "__main__":
    main()
