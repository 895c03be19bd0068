import torch
from torch import nn

torch.manual_seed(0)
edges = torch.tensor([[0, 1, 2, 2, 3, 0], [1, 0, 1, 3, 2, 2]])
x = torch.randn(4, 5)
linear, head = nn.Linear(5, 8), nn.Linear(8, 2)
opt = torch.optim.Adam([*linear.parameters(), *head.parameters()], lr=0.01)
labels = torch.tensor([0, 1, 1, 0])
train_mask = torch.tensor([True, True, False, True])
for epoch in range(4):
    h = linear(x)
    messages = torch.zeros_like(h).index_add_(0, edges[1], h[edges[0]])
    degree = torch.zeros(4).scatter_add_(0, edges[1], torch.ones(6))
    out = head(torch.relu(messages / degree.clamp(min=1).unsqueeze(1)))
    loss = nn.functional.cross_entropy(out[train_mask], labels[train_mask])
    opt.zero_grad()
    loss.backward()
    opt.step()
accuracy = (out.argmax(1) == labels)[~train_mask].float().mean()
print(loss, accuracy)
