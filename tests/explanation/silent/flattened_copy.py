# lost-write 5 certain
import torch

x = torch.zeros(2, 3).t()
x.reshape(-1)[0] = 5
print(x)
