import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 3)
opt = torch.optim.AdamW(model.parameters())
accumulate = 4
opt.zero_grad()
for step in range(1, 13):
    x, y = torch.randn(2, 4), torch.randint(0, 3, (2,))
    loss = nn.functional.cross_entropy(model(x), y) / accumulate
    loss.backward()
    if step % accumulate == 0:
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        opt.zero_grad()
