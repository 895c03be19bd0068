import torch
from torch import nn

torch.manual_seed(0)
score = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 1))
head = nn.Linear(6, 1)
opt = torch.optim.Adam([*score.parameters(), *head.parameters()])
for _ in range(3):
    bag = torch.randn(7, 6)
    label = torch.ones(1)
    weights = torch.softmax(score(bag), dim=0)
    pooled = (weights * bag).sum(0)
    loss = nn.functional.binary_cross_entropy_with_logits(head(pooled), label)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(weights.sum())
