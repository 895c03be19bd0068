# no-gradient 16 look
import torch
from torch import nn
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(3, 3)
        self.fc2 = nn.Linear(3, 3)
        self.out = nn.Linear(3, 2)
    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc1(x))
        return self.out(x)
torch.manual_seed(0)
m = M()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(m(torch.randn(4, 3)), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad(); loss.backward(); opt.step()
