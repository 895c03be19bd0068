# same-memory 7 certain
import torch

weights, history = torch.zeros(2), {}
for step in range(3):
    weights += 1
    history[step] = weights.detach()
print(history)
