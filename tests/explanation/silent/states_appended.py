# same-memory 7 certain
import torch

states, state = [], torch.zeros(3)
for step in range(3):
    # the same tensor
    states.append(state)
    state += 1
print(states)
