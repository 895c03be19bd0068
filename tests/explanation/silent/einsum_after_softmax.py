# softmax-dim 5 likely
import torch

scores, values = torch.randn(3, 6), torch.randn(3, 6, 4)
weights = scores.softmax(dim=0)
out = torch.einsum("bt,btd->bd", weights, values)
print(out.shape)
