import torch
from torch import nn
torch.manual_seed(0)
emb = nn.Embedding(20, 4, sparse=True)
out = nn.EmbeddingBag(20, 4, mode="mean")
opt = torch.optim.SparseAdam(emb.parameters(), lr=0.01)
opt2 = torch.optim.SGD(out.parameters(), lr=0.01)
for _ in range(3):
    c, t = torch.randint(0, 20, (8,)), torch.randint(0, 20, (8, 2))
    score = (emb(c) * out(t)).sum(1)
    loss = nn.functional.binary_cross_entropy_with_logits(score, torch.ones(8))
    opt.zero_grad(); opt2.zero_grad()
    loss.backward()
    opt.step(); opt2.step()
