"""Values and derivatives of the self-gated activations by PyTorch in 64 bits, as Swift literals.

pip install torch
"""

import torch

POINTS = [-20, -3, -1, -0.25, 0, 0.5, 2, 8]
FUNCTIONS = {
    "gelu": torch.nn.functional.gelu,
    "geluTanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "silu": torch.nn.functional.silu,
    "mish": torch.nn.functional.mish,
}

def literal(value):
    """Eight digits; zero if a 32-bit float has no such value."""
    return f"{value:.8g}" if abs(value) > 1e-45 else "0"


for name, function in FUNCTIONS.items():
    x = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
    y = function(x)
    (slopes,) = torch.autograd.grad(y.sum(), x)
    pairs = [f"({literal(value)}, {literal(slope)})" for value, slope in zip(y.tolist(), slopes.tolist())]
    print(f"    .{name}: [\n        {', '.join(pairs[:4])},\n        {', '.join(pairs[4:])},\n    ],")
