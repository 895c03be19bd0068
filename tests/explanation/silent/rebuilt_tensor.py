# no-gradient 6 likely
import torch

torch.manual_seed(0)
w = torch.randn(3, requires_grad=True)
stats = torch.tensor([w.sum().item(), w.mean().item()], requires_grad=True)
loss = (stats**2).sum()
loss.backward()
print(w.grad)
