import copy
import torch
from torch import nn
from torch.nn import functional as F
torch.manual_seed(0)
online = nn.Sequential(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 4))
predictor = nn.Linear(4, 4)
target = copy.deepcopy(online).requires_grad_(False)
opt = torch.optim.Adam([*online.parameters(), *predictor.parameters()])
for _ in range(3):
    a, b = torch.randn(8, 6), torch.randn(8, 6)
    with torch.no_grad():
        za, zb = target(a), target(b)
    pa, pb = predictor(online(a)), predictor(online(b))
    loss = 2 - F.cosine_similarity(pa, zb.detach()).mean() - F.cosine_similarity(pb, za.detach()).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    with torch.no_grad():
        for t, o in zip(target.parameters(), online.parameters()):
            t.lerp_(o, 0.01)
