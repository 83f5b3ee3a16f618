"""What all engines' measurements share: arguments, the clock, and the line of JSON that they print."""

import argparse
import json
import pathlib
import statistics
import time


def arguments(description, precisions, *others):
    """The parsed command line; `others` are names and keywords of further options."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where export.py wrote the networks")
    parser.add_argument("--precision", choices=precisions, default="f32", help="the numbers to compute with")
    parser.add_argument("--batch", type=int, default=64, help="images at once")
    parser.add_argument("--threads", type=int, default=2, help="threads of the engine")
    parser.add_argument("--seconds", type=float, default=5, help="how long to measure, after three runs")
    for name, keywords in others:
        parser.add_argument(name, **keywords)
    return parser.parse_args()


def median_milliseconds(work, seconds):
    """The middle duration of a piece of work, after three runs."""
    for _ in range(3):
        work()
    durations = []
    start = time.perf_counter()
    while time.perf_counter() - start < seconds or len(durations) < 3:
        before = time.perf_counter()
        work()
        durations.append((time.perf_counter() - before) * 1000)
    return statistics.median(durations)


def peak_mebibytes():
    """The most memory that this process has had."""
    status = pathlib.Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) // 1024


def differences(scores, recording):
    """How far scores are from crnn's at most, and how far crnn's are apart."""
    expected = recording.scores[:len(scores)]
    return {
        "scoreDifference": float(abs(scores - expected).max()), "scoreRange": float(expected.max() - expected.min())}


def report(version, milliseconds, batch, others):
    """Prints the result."""
    print(json.dumps({
        "version": version, "milliseconds": milliseconds, "imagesPerSecond": batch / milliseconds * 1000,
        "peakMebibytes": peak_mebibytes(), **others}))
