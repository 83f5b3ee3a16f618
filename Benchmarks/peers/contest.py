"""Runs engines in turns, each in a process of its own."""

import json
import pathlib
import statistics
import subprocess
import sys
import time

from processor import children_seconds, others_share, used_and_all
from programs import output

peers = pathlib.Path(__file__).resolve().parent
FORMS = ("eager", "channels-last", "compiled")
SCRIPTS = {"PyTorch": "bench_torch.py", "ONNX Runtime": "bench_ort.py", "OpenVINO": "bench_openvino.py"}
COLD = {"PyTorch": "torch", "ONNX Runtime": "ort", "OpenVINO": "openvino"}
WIDTH = "100"


class Contest:
    """Measures cases and keeps every run's result."""

    def __init__(self, crnn, arguments):
        self.crnn, self.folder = pathlib.Path(crnn), arguments.out
        self.rounds, self.seconds, self.threads = arguments.rounds, arguments.seconds, str(arguments.threads)
        self.python = peers / ".venv/bin/python"
        self.runs, self.refusals, self.disturbed = {}, {}, []

    def results(self, rows):
        """The results of all rounds."""
        self.machine = self.recorded()
        self.exported()
        cases = list(dict.fromkeys(case for row in rows for case in row.cases))
        cases = [case for case in cases if self.is_possible(case)]
        for turn in range(self.rounds):
            for case in cases:
                for name in self.contenders(case, turn):
                    self.run(case, name)
        self.tell_differences()
        return {"machine": self.machine["machine"], "peak": self.machine["peak"], "network": self.machine["network"],
                "seconds": self.seconds, "rounds": self.rounds, "refusals": self.refusals,
                "disturbed": self.disturbed, "runs": self.runs}

    def recorded(self):
        """Writes the network and its scores; returns the description of the machine."""
        return json.loads(output([
            self.crnn, "benchmark", "--phase", "inference", "--precision", "f32", "--batch", "1", "--seconds", "1", "--no-layers",
            "--threads", self.threads, "--width", WIDTH, "--format", "json", "--record",
            self.folder / "recording.safetensors"]))

    def exported(self):
        """Writes the peers' forms of the network, and the image for cold starts."""
        output([self.python, peers / "export.py", self.folder])

    def is_possible(self, case):
        """Whether the processor and crnn support a case; a case that the processor lacks is not measured."""
        if case.precision == "bf16" and self.machine["peak"].get("bf16") is None:
            self.refusals[case.key] = "the processor has no bf16"
            return False
        return True

    def contenders(self, case, turn):
        """The engines that can do a case, crnn first; after the first round each in its fastest form."""
        names = {
            ("training", "f32"): ["PyTorch"], ("training", "bf16"): ["PyTorch"],
            ("inference", "bf16"): ["PyTorch", "OpenVINO"],
            ("inference", "int8"): ["ONNX Runtime", "OpenVINO"],
        }.get((case.phase, case.precision), list(SCRIPTS))
        ours = [] if case.key in self.refusals else ["crnn"]
        return ours + [form for name in names for form in self.forms(case, name, turn)]

    def forms(self, case, name, turn):
        if name != "PyTorch" or case.phase == "cold":
            return [name]
        forms = [f"{name}, {form}" for form in FORMS]
        if turn == 0:
            return forms
        times = {form: self.median(case, form) for form in forms if self.runs.get(case.key, {}).get(form)}
        return [min(times, key=times.get)] if times else []

    def median(self, case, name):
        return statistics.median(run["milliseconds"] for run in self.runs[case.key][name])

    def run(self, case, name):
        """One run; a failure is told, and the others go on."""
        before = used_and_all()
        try:
            result = self.cold(name) if case.phase == "cold" else self.measured(case, name)
        except subprocess.CalledProcessError as error:
            reason = (error.stderr.strip().splitlines() or ["no reason"])[0 if name == "crnn" else -1]
            print(f"{case.key}: {name} failed: {reason}", file=sys.stderr)
            if name == "crnn":
                self.refusals[case.key] = reason.removeprefix("Error: ")
            return
        result["othersShare"] = round(others_share(before, result.pop("processorSeconds")), 3)
        if result["othersShare"] > 0.05:
            self.disturbed.append([case.key, name])
        print(f"{case.key}: {name}: {result['milliseconds']:.2f} ms, others' part of the processor "
              f"{100 * result['othersShare']:.0f} %", file=sys.stderr)
        self.runs.setdefault(case.key, {}).setdefault(name, []).append(result)

    def measured(self, case, name):
        """A run of an engine's own measurement."""
        if name == "crnn":
            command = [self.crnn, "benchmark", "--phase", case.phase, "--precision", case.precision, "--batch",
                       str(case.batch), "--width", WIDTH, "--threads", self.threads, "--seconds",
                       str(self.seconds), "--no-layers", "--format", "json"]
            return self.timed(command, lambda text: json.loads(text)[case.phase][0])
        engine, _, form = name.partition(", ")
        command = [self.python, peers / SCRIPTS[engine], self.folder, "--precision", case.precision, "--batch",
                   str(case.batch), "--threads", self.threads, "--seconds", str(self.seconds)]
        if engine == "PyTorch":
            command += ["--phase", case.phase, "--form", form]
        return self.timed(command, lambda text: json.loads(text.splitlines()[-1]))

    def cold(self, name):
        """A whole process that reads a picture: the median of five, after one that warms the file cache."""
        picture = self.folder / "picture.png"
        command = ([self.crnn, "predict", "--model", self.folder / "recording.safetensors", picture]
                   if name == "crnn" else [self.python, peers / "cold.py", COLD[name], self.folder, picture])
        runs = [self.timed(command, lambda text: {"text": text.strip()}) for _ in range(6)]
        return {"text": runs[0]["text"], "milliseconds": statistics.median(run["wall"] for run in runs[1:]),
                "processorSeconds": sum(run["processorSeconds"] for run in runs)}

    def timed(self, command, parsed):
        """What a command printed, its time on the clock and on the processor."""
        start, used = time.perf_counter(), children_seconds()
        text = output(command)
        wall = (time.perf_counter() - start) * 1000
        return {**parsed(text), "wall": wall, "processorSeconds": children_seconds() - used}

    def tell_differences(self):
        """Prints how far each engine's scores are from crnn's in f32, and whether cold starts read alike."""
        for key, engines in self.runs.items():
            for name, runs in engines.items():
                found = [run["scoreDifference"] for run in runs if "scoreDifference" in run]
                if found:
                    print(f"{key}: scores of {name} differ from crnn's in f32 by {max(found):.1e} at most, in a range of "
                          f"{runs[0]['scoreRange']:.2f}", file=sys.stderr)
                if "text" in runs[0]:
                    print(f"{key}: {name} read “{runs[0]['text']}”", file=sys.stderr)
