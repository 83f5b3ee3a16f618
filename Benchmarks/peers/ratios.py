"""The table of ratios: each figure of crnn beside the best of its peers."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Case:
    """What an engine is measured at; `phase` is training, inference, or cold: a whole process that reads one PNG."""

    phase: str
    precision: str = "f32"
    batch: int = 1

    @property
    def key(self):
        return f"{self.phase} {self.precision} {self.batch}"


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table: the best of several cases, beside the best of some peers; the ratio that is to be reached."""

    name: str
    cases: tuple
    target: str
    figure: str = "imagesPerSecond"
    peers: tuple = ("PyTorch", "ONNX Runtime", "OpenVINO")

    @property
    def more_is_better(self):
        return self.figure == "imagesPerSecond"


PRECISIONS = ("f32", "bf16", "int8")
TRAINING = Case("training", "f32", 64)
ROWS = [
    Row("training f32, batch 64", (TRAINING,), "1.9 ×, aim 2.3"),
    Row("training, any precision, batch 64", (TRAINING, Case("training", "bf16", 64)), "1.35 ×, aim 1.8"),
    Row("inference f32, batch 64", (Case("inference", "f32", 64),), "1.5 ×, aim 1.8"),
    Row("inference bf16, batch 64", (Case("inference", "bf16", 64),), "1.0 ×, aim 1.3"),
    Row("inference int8, batch 64", (Case("inference", "int8", 64),), "1.0 ×, aim 1.2"),
    Row("one image, f32", (Case("inference", "f32"),), "1.2 ×, aim 1.6", "milliseconds"),
    Row("one image, fastest precision", tuple(Case("inference", p) for p in PRECISIONS), "1.1 ×, aim 1.5",
        "milliseconds"),
    Row("one PNG read by a new process", (Case("cold"),), "10 ×, aim 60 ms", "milliseconds", ("PyTorch",)),
    Row("one PNG read by a new process, best of all", (Case("cold"),), "", "milliseconds"),
    Row("peak memory, training f32, batch 64", (TRAINING,), "≤ 0.6 ×, aim 0.4", "peakMebibytes"),
]
UNITS = {"imagesPerSecond": "images/s", "milliseconds": "ms", "peakMebibytes": "MiB"}


def best(row, runs, engines):
    """The best figure of some engines: its value, engine and form, and precision; nothing where none has one."""
    found = []
    for case in row.cases:
        for name, results in runs.get(case.key, {}).items():
            values = [result[row.figure] for result in results if result.get(row.figure) is not None]
            if values and name.split(",")[0] in engines:
                found.append((statistics.median(values), name, case.precision))
    return (max if row.more_is_better else min)(found, default=None)


def shown(figure, row, with_name):
    """A figure with its unit, and whose it is."""
    if figure is None:
        return "–"
    value, name, precision = figure
    digits = 0 if value >= 1000 or row.figure == "peakMebibytes" else 1 if value >= 20 else 2
    whose = [name] if with_name else []
    whose += [precision] if len(row.cases) > 1 else []
    return f"{value:.{digits}f} {UNITS[row.figure]}" + (f" ({', '.join(whose)})" if whose else "")


def ratio(row, ours, theirs):
    """How many times as fast crnn is; for memory its part of the peer's."""
    if ours is None or theirs is None:
        return "–"
    inverted = row.figure == "milliseconds"
    return f"{theirs[0] / ours[0] if inverted else ours[0] / theirs[0]:.2f} ×"


def table(rows, found):
    """Markdown; what could not be measured says why."""
    lines = ["| | crnn | best peer | ratio | target |", "|---|---|---|---|---|"]
    for row in rows:
        ours, theirs = best(row, found["runs"], ["crnn"]), best(row, found["runs"], row.peers)
        cells = [shown(ours, row, False), shown(theirs, row, True), ratio(row, ours, theirs)]
        if ours is None or theirs is None:
            reasons = {found["refusals"].get(case.key) for case in row.cases} - {None}
            cells[0 if ours is None else 1] = "– " + "; ".join(sorted(reasons))
        lines.append("| " + " | ".join([row.name, *cells, row.target]) + " |")
    return "\n".join(lines) + "\n"
