# gradients-add-up 8 certain
import torch

torch.manual_seed(0)
w = torch.randn(3, requires_grad=True)
for _ in range(5):
    loss = (w * torch.tensor([1.0, 2.0, 3.0]) - 1).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
print(w)
