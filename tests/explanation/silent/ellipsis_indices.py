# duplicate-indices 5 certain
import torch

votes = torch.zeros(2, 5)
votes[..., torch.tensor([3, 3, 1])] += 1.0
print(votes)
