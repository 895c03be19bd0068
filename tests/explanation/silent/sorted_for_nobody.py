# unused-result 5 look
import torch

scores = torch.tensor([3.0, 1.0, 2.0])
scores.sort()
print(scores[0])
