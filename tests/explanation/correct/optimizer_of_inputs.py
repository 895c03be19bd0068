import torch
from torch import nn
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 3)).eval()
x = torch.zeros(1, 4, requires_grad=True)
opt = torch.optim.Adam([x], lr=0.1)
for _ in range(3):
    opt.zero_grad()
    (-model(x)[0, 1]).backward()
    opt.step()
print(x)
