import torch
from torch import nn

torch.manual_seed(0)
lengths = torch.tensor([4, 2, 4, 1])
tokens = torch.randint(1, 9, (4, 4))
mask = torch.arange(4) < lengths[:, None]
tokens = tokens.masked_fill(~mask, 0)
embedding = nn.Embedding(9, 8, padding_idx=0)
attention = nn.MultiheadAttention(8, 2, batch_first=True)
x = embedding(tokens)
out, weights = attention(x, x, x, key_padding_mask=~mask)
pooled = (out * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
print(pooled.shape, weights.sum(-1))
