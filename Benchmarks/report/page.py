"""Fills docs/speed.md and its plot in from the figures in a folder; see Benchmarks/speed.

    peers/.venv/bin/python report/page.py FOLDER
"""

import json
import pathlib
import re
import sys

import plot

PASSES = ("inference", "forward", "backward")
docs = pathlib.Path(__file__).resolve().parents[2] / "docs"


def table(heading, rows):
    """Markdown, with the first column on the left."""
    lines = [heading, ["---"] + ["--:"] * (len(heading) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def number(value, digits=1):
    return "–" if value is None else f"{value:.{digits}f}"


def machine(found):
    """The machine, its peak, and the network's operations."""
    on, peak, counts = found["machine"], found["peak"], found["network"]["operations"][0]
    rates = ", ".join(f"{name} {number(peak.get(name), 0)}" for name in ("f32", "bf16", "int8"))
    return (f"{on['processor']}, {on['cores']} cores, {on['threads']} {'thread' if on['threads'] == 1 else 'threads'}; {on['engine']} with {on['instructionSet']}. "
            f"Best matrix product, 10⁹ operations a second: {rates}. One image of width {counts['width']}: "
            f"{counts['inference'] / 1e9:.2f} · 10⁹ operations in inference, {counts['training'] / 1e9:.2f} · 10⁹ in training.")


def speeds(found):
    """A line for each load."""
    rows = [
        [phase, f["precision"], f["batch"], number(f["milliseconds"]), number(f["imagesPerSecond"]),
         number(f.get("boundFraction"), 2), f.get("peakMebibytes", "")]
        for phase in ("training", "inference") for f in found[phase]]
    return table(["", "precision", "batch", "ms", "images/s", "of the bound", "MiB"], rows)


def layers(found, batch):
    """A line for each layer: milliseconds, rate and share in each pass; what training does beside them."""
    parts = {(layer["name"], layer["pass"]): layer for layer in found["layers"] if layer["batch"] == batch}
    names = dict.fromkeys(name for name, way in parts if way != "step")
    rows = [[name, *(cell for way in PASSES for cell in cells(parts.get((name, way))))] for name in names]
    heading = [f"batch {batch}", *(f"{way}: {what}" for way in PASSES for what in ("ms", "10⁹/s", "share"))]
    others = [f"{name} {number(part['milliseconds'], 2)} ms" for (name, way), part in parts.items() if way == "step"]
    return table(heading, rows) + f"\n\nIn addition to the layers, a training step takes: {', '.join(others)}."


def cells(part):
    """One layer's figures in one pass; nothing for a pass that was not measured."""
    if part is None:
        return ["", "", ""]
    return [number(part["milliseconds"], 2), number(part.get("rate"), 0), f"{100 * part['share']:.1f} %"]


def filled(text, name, content):
    """The page with what stands between a section's marks replaced."""
    marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.escape(marks[0]) + ".*?" + re.escape(marks[1])
    if not re.search(pattern, text, re.DOTALL):
        raise SystemExit(f"docs/speed.md has no marks {marks[0]} and {marks[1]}")
    return re.sub(pattern, lambda _: f"{marks[0]}\n{content}\n{marks[1]}", text, flags=re.DOTALL)


def main():
    folder, page = pathlib.Path(sys.argv[1]), docs / "speed.md"
    text = page.read_text()
    if (folder / "ratios.md").exists():
        text = filled(text, "ratios", (folder / "ratios.md").read_text().strip())
    if (folder / "network.json").exists():
        found = json.loads((folder / "network.json").read_text())
        text = filled(text, "machine", machine(found))
        text = filled(text, "speeds", speeds(found))
        text = filled(text, "layers", "\n\n".join(layers(found, batch) for batch in sorted({layer["batch"] for layer in found["layers"]})[::-1]))
    if (folder / "sweep.json").exists():
        plot.write(json.loads((folder / "sweep.json").read_text()), docs / "speed.svg")
        text = filled(text, "plot", "![Cost of a pixel against width and batch size](speed.svg)")
    page.write_text(text)


if __name__ == "__main__":
    main()
