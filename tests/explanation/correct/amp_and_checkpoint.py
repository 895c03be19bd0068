import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)
block, head = nn.Sequential(nn.Linear(8, 8), nn.GELU(), nn.LayerNorm(8)), nn.Linear(8, 2)
parameters = [*block.parameters(), *head.parameters()]
opt = torch.optim.AdamW([{"params": block.parameters()}, {"params": head.parameters(), "weight_decay": 0.0}])
for _ in range(3):
    x, y = torch.randn(4, 8), torch.randint(0, 2, (4,))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = head(checkpoint(block, x, use_reentrant=False))
        loss = nn.functional.cross_entropy(out.float(), y)
    opt.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(parameters, 1.0)
    opt.step()
print(norm)
