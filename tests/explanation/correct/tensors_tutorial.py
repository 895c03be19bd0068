# The shape of https://pytorch.org/tutorials/beginner/blitz/tensor_tutorial.html and its neighbours
import numpy as np
import torch

data = [[1, 2], [3, 4]]
x_data = torch.tensor(data)
x_np = torch.from_numpy(np.array(data))
ones = torch.ones_like(x_data)
tensor = torch.ones(4, 4)
tensor[:, 1] = 0
t1 = torch.cat([tensor, tensor, tensor], dim=1)
y1 = tensor @ tensor.T
z1 = tensor * tensor
agg_item = tensor.sum().item()
tensor.add_(5)
t = torch.ones(5)
n = t.numpy()
t.add_(1)
x = torch.randn(4, 4)
y = x.view(16)
z = x.view(-1, 8)
a = torch.tensor([2.0, 3.0], requires_grad=True)
b = torch.tensor([6.0, 4.0], requires_grad=True)
Q = 3 * a**3 - b**2
Q.backward(gradient=torch.tensor([1.0, 1.0]))
print(9 * a**2 == a.grad, -2 * b == b.grad, n, z.shape, t1.shape, agg_item)
