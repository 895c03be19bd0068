# broadcast 6 likely
import torch
torch.manual_seed(0)
logits = torch.nn.Linear(4, 1)(torch.randn(6, 4))
target = torch.randint(0, 2, (6,)).float()
bce = -(target * torch.log(torch.sigmoid(logits)) + (1 - target) * torch.log(1 - torch.sigmoid(logits)))
print(bce.mean())
