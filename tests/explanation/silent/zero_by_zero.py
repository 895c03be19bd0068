# non-finite 7 certain
import torch

scores = torch.tensor([[1.0, 2.0], [0.0, 0.0]])
mask = torch.tensor([[1.0, 1.0], [0.0, 0.0]])
kept = scores * mask
mean = kept.sum(1) / mask.sum(1)
loss = mean.sum()
print(loss)
