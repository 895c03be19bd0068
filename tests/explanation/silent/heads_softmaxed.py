# softmax-dim 7 likely
import torch

torch.manual_seed(0)
q, k, v = torch.randn(3, 2, 4, 5, 8).unbind(0)
scores = q @ k.transpose(-2, -1) / 8**0.5
weights = torch.nn.functional.softmax(scores, dim=1)
out = (weights @ v).transpose(1, 2).reshape(2, 5, 32)
print(out.shape)
