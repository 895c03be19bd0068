import torch
torch.manual_seed(0)
x = torch.randn(30, 2)
centers = x[torch.randperm(30)[:3]].clone()
for _ in range(5):
    assign = torch.cdist(x, centers).argmin(1)
    for k in range(3):
        if (assign == k).any():
            centers[k] = x[assign == k].mean(0)
inertia = ((x - centers[assign]) ** 2).sum()
print(inertia)
onehot = torch.zeros(30, 3)
onehot[torch.arange(30), assign] = 1
counts = onehot.sum(0)
rank = torch.zeros(30, dtype=torch.long)
rank[x[:, 0].argsort()] = torch.arange(30)
