"""The values of a parameter that starts at 1, after steps with the gradients 2, 1 and -0.5, by PyTorch and by Keras.

pip install torch keras
"""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch

GRADIENTS = [2.0, 1.0, -0.5]


def by_torch(optimizer):
    """The values after each step; `optimizer` is called with the parameters."""
    parameter = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    step = optimizer([parameter])
    values = []
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        step.step()
        values.append(round(parameter.item(), 7))
    return values


def by_keras(optimizer):
    """The values after each step."""
    variable = keras.Variable([1.0])
    values = []
    for gradient in GRADIENTS:
        optimizer.apply([torch.tensor([gradient])], [variable])
        values.append(round(float(variable.numpy()[0]), 7))
    return values


optimizers = torch.optim
for name, optimizer in {
    "Adam, eps=0.5": lambda p: optimizers.Adam(p, lr=0.1, eps=0.5),
    "Adam, beta_2=0.5, amsgrad": lambda p: optimizers.Adam(p, lr=0.1, betas=(0.9, 0.5), amsgrad=True),
    "RMSprop, alpha=0.9": lambda p: optimizers.RMSprop(p, lr=0.1, alpha=0.9),
    "RMSprop, alpha=0.9, momentum=0.9, eps=0.5": lambda p: optimizers.RMSprop(
        p, lr=0.1, alpha=0.9, momentum=0.9, eps=0.5
    ),
    "SGD, momentum=0.9, nesterov": lambda p: optimizers.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "Adadelta, rho=0.9, eps=0.5": lambda p: optimizers.Adadelta(p, lr=1, rho=0.9, eps=0.5),
}.items():
    print("PyTorch", torch.__version__, name, by_torch(optimizer))

optimizers = keras.optimizers
for name, optimizer in {
    "Adam, epsilon=0.5": optimizers.Adam(0.1, epsilon=0.5),
    "Adam, beta_2=0.5, amsgrad": optimizers.Adam(0.1, beta_2=0.5, amsgrad=True),
    "SGD, momentum=0.9, nesterov": optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "Adadelta, rho=0.9, epsilon=0.5": optimizers.Adadelta(1.0, rho=0.9, epsilon=0.5),
}.items():
    print("Keras", keras.__version__, name, by_keras(optimizer))
