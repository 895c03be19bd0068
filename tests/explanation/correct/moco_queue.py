import copy
import torch
from torch import nn
from torch.nn import functional as F
class MoCo(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(6, 4)
        self.k = copy.deepcopy(self.q)
        for p in self.k.parameters():
            p.requires_grad = False
        self.register_buffer("queue", F.normalize(torch.randn(4, 16), dim=0))
        self.register_buffer("ptr", torch.zeros(1, dtype=torch.long))
    @torch.no_grad()
    def enqueue(self, keys):
        ptr = int(self.ptr)
        self.queue[:, ptr : ptr + len(keys)] = keys.T
        self.ptr[0] = (ptr + len(keys)) % 16
    def forward(self, x):
        q = F.normalize(self.q(x), dim=1)
        with torch.no_grad():
            k = F.normalize(self.k(x), dim=1)
        pos = torch.einsum("nc,nc->n", [q, k]).unsqueeze(-1)
        neg = torch.einsum("nc,ck->nk", [q, self.queue.clone().detach()])
        logits = torch.cat([pos, neg], dim=1) / 0.07
        self.enqueue(k)
        return F.cross_entropy(logits, torch.zeros(len(x), dtype=torch.long))
torch.manual_seed(0)
m = MoCo()
opt = torch.optim.SGD(m.q.parameters(), lr=0.03)
for _ in range(3):
    loss = m(torch.randn(4, 6))
    opt.zero_grad()
    loss.backward()
    opt.step()
