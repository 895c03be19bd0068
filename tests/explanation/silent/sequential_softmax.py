# softmax-twice 9 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3), nn.Softmax(dim=1))
opt, criterion = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()
for _ in range(3):
    out = model(torch.randn(8, 4))
    loss = criterion(out, torch.randint(0, 3, (8,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
