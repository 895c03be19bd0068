# softmax-dim 7 likely
import torch

torch.manual_seed(0)
q, k, v = torch.randn(2, 5, 8), torch.randn(2, 7, 8), torch.randn(2, 7, 8)
scores = torch.bmm(q, k.transpose(1, 2)) / 8**0.5
weights = torch.softmax(scores, dim=0)
out = torch.bmm(weights, v)
print(out.shape)
