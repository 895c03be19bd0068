# mixed-dims 7 likely
import numpy as np
import torch
from torch import nn

image = np.random.rand(8, 8, 3).astype("float32")
x = torch.from_numpy(image).view(1, 3, 8, 8)
print(nn.Conv2d(3, 2, 3)(x).shape)
