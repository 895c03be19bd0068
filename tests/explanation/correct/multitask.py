import torch
from torch import nn
torch.manual_seed(0)
trunk = nn.Linear(4, 8)
heads = nn.ModuleDict({"a": nn.Linear(8, 1), "b": nn.Linear(8, 3)})
log_vars = nn.Parameter(torch.zeros(2))
opt = torch.optim.Adam([*trunk.parameters(), *heads.parameters(), log_vars])
for i in range(4):
    h = torch.relu(trunk(torch.randn(5, 4)))
    opt.zero_grad()
    la = nn.functional.mse_loss(heads["a"](h)[:, 0], torch.randn(5))
    lb = nn.functional.cross_entropy(heads["b"](h), torch.randint(0, 3, (5,)))
    la_w = la * torch.exp(-log_vars[0]) + log_vars[0]
    lb_w = lb * torch.exp(-log_vars[1]) + log_vars[1]
    la_w.backward(retain_graph=True)
    lb_w.backward()
    opt.step()
