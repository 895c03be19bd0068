# mixed-dims 8 likely
import torch

B, H, T, D = 2, 4, 3, 8
q, k, v = torch.randn(3, B, H, T, D)
weights = (q @ k.transpose(-2, -1)).softmax(-1)
out = weights @ v
merged = out.reshape(B, T, H * D)
print(merged.shape)
