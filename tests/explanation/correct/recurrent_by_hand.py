import torch
from torch import nn
torch.manual_seed(0)
hidden = [torch.zeros(3, 8)] * 2
cells = nn.ModuleList([nn.GRUCell(4, 8), nn.GRUCell(8, 8)])
head = nn.Linear(8, 1)
opt = torch.optim.RMSprop([*cells.parameters(), *head.parameters()])
for epoch in range(2):
    hidden = [torch.zeros(3, 8)] * 2
    outputs = []
    for t in range(5):
        x = torch.randn(3, 4)
        new = []
        for cell, h in zip(cells, hidden):
            x = cell(x, h)
            new.append(x)
        hidden = new
        outputs.append(head(x))
    out = torch.stack(outputs, 1)
    loss = (out.squeeze(-1) - 1).abs().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
