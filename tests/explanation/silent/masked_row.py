# non-finite 6 certain
import torch

scores = torch.zeros(2, 3)
mask = torch.tensor([[True, False, True], [False, False, False]])
weights = scores.masked_fill(~mask, float("-inf")).softmax(-1)
out = weights @ torch.randn(3, 2)
print(out.mean())
