# no-gradient 11 look
import torch
from torch import nn
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(3, 4)
        self.head = nn.Linear(4, 2)
    @torch.no_grad()
    def features(self, x):
        return torch.relu(self.backbone(x))
    def forward(self, x):
        # always without gradients
        f = self.features(x)
        return self.head(f)
torch.manual_seed(0)
m = M()
opt = torch.optim.Adam(m.parameters())
for _ in range(3):
    loss = nn.functional.cross_entropy(m(torch.randn(4, 3)), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad(); loss.backward(); opt.step()
