import torch
from torch import nn

class SlotAttention(nn.Module):
    def __init__(self, slots, dim):
        super().__init__()
        self.slots = nn.Parameter(torch.randn(1, slots, dim))
        self.q, self.k, self.v = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.gru = nn.GRUCell(dim, dim)
    def forward(self, x):
        b, n, d = x.shape
        slots = self.slots.expand(b, -1, -1)
        k, v = self.k(x), self.v(x)
        for _ in range(2):
            q = self.q(slots)
            attn = (q @ k.transpose(1, 2) / d**0.5).softmax(dim=1) + 1e-8
            attn = attn / attn.sum(-1, keepdim=True)
            updates = attn @ v
            slots = self.gru(updates.reshape(-1, d), slots.reshape(-1, d)).reshape(b, -1, d)
        return slots
torch.manual_seed(0)
m = SlotAttention(3, 8)
m(torch.randn(2, 5, 8)).mean().backward()
