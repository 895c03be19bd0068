import copy

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1))
opt = torch.optim.Adam(model.parameters(), lr=0.01)
x, x_val = torch.randn(32, 4), torch.randn(8, 4)
y, y_val = x.sum(1), x_val.sum(1)
best, best_state, history = float("inf"), None, []
for epoch in range(5):
    model.train()
    for rows in torch.randperm(32).split(8):
        opt.zero_grad()
        loss = nn.functional.mse_loss(model(x[rows]).squeeze(-1), y[rows])
        loss.backward()
        opt.step()
    model.eval()
    with torch.no_grad():
        val = nn.functional.mse_loss(model(x_val).squeeze(-1), y_val).item()
    history.append(val)
    if val < best:
        best, best_state = val, copy.deepcopy(model.state_dict())
model.load_state_dict(best_state)
model.eval()
with torch.no_grad():
    print(best, model(x_val).squeeze(-1)[:3])
