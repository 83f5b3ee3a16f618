"""The plot of docs/speed.md: what a pixel costs, against width and against batch size."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "crnn"
from matplotlib import pyplot


def nanoseconds(figure):
    """What one pixel of one image costs."""
    return figure["milliseconds"] * 1e6 / (figure["batch"] * figure["height"] * figure["width"])


def draw(axes, figures, axis, label):
    """One line: the cost against width or batch size."""
    points = sorted((figure[axis], nanoseconds(figure)) for figure in figures)
    axes.plot(*zip(*points), marker="o", markersize=3, label=label)


def finish(axes, title, label):
    axes.set_title(title, fontsize=10)
    axes.set_xscale("log", base=2)
    axes.set_xlabel(label)
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)


def write(sweep, path):
    """Writes the plot: inference above, training below; widths on the left, batch sizes on the right."""
    figure, rows = pyplot.subplots(2, 2, figsize=(9, 6), layout="constrained", sharey="row")
    for row, phase in zip(rows, ("inference", "training")):
        widths = sweep["widths"][phase]
        for batch in sorted({figure["batch"] for figure in widths}):
            draw(row[0], [f for f in widths if f["batch"] == batch], "width", f"batch {batch}")
        draw(row[1], sweep["batches"][phase], "batch", f"width {sweep['batches'][phase][0]['width']}")
        finish(row[0], f"{phase}, by width", "width in pixels")
        finish(row[1], f"{phase}, by batch size", "images at once")
        row[0].set_ylabel("ns a pixel")
    figure.savefig(path, metadata={"Date": None})
