"""What `crnn benchmark --record FILE` wrote: a network's weights, images, and the scores that crnn gives them."""

import pathlib
import sys

import numpy
from safetensors.numpy import load_file


class Recording:
    """The paper's network as crnn measured it."""

    def __init__(self, path):
        tensors = load_file(path)
        self.images = tensors.pop("images").transpose(0, 3, 1, 2).copy()
        self.scores = tensors.pop("scores")
        self.weights = tensors

    def model(self):
        """The same network in PyTorch; other engines do without importing that."""
        sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/golden"))
        import paper_crnn

        return paper_crnn.PaperCRNN().load(self.weights)

    def batch(self, size):
        """So many of the images [size x 1 x height x width], over and over."""
        return numpy.resize(self.images, (size, *self.images.shape[1:]))
