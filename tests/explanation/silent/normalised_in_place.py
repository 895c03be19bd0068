# overlap 5 likely
import torch

x = torch.tensor([[2.0, 4.0], [8.0, 2.0]])
x.div_(x[:, :1])
print(x)
