"""Programs and what they print."""

import pathlib
import subprocess
import sys

package = pathlib.Path(__file__).resolve().parents[2]


def output(command):
    """What a program printed; where it fails, the error holds what it said."""
    return subprocess.run(
        [str(part) for part in command], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True).stdout


def built_crnn():
    """The path of a fresh build."""
    build = ["swift", "build", "--package-path", str(package), "-c", "release"]
    subprocess.run([*build, "--product", "crnn"], check=True, stdout=sys.stderr)
    return pathlib.Path(output([*build, "--show-bin-path"]).strip()) / "crnn"
