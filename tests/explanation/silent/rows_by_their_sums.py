# broadcast 5 likely
import torch

counts = torch.tensor([[1.0, 3.0], [4.0, 1.0]])
print(counts / (counts.sum(1) + 1e-9))
