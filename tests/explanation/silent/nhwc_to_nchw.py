# mixed-dims 5 likely
import torch

image = torch.rand(2, 5, 7, 3)
batch = image.reshape(2, 3, 5, 7)
print(torch.nn.Conv2d(3, 4, 3)(batch).shape)
