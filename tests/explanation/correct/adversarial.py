# The shape of https://pytorch.org/tutorials/beginner/fgsm_tutorial.html
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Dropout(0.5), nn.Linear(4 * 16, 3))
model.eval()
examples, correct = [], 0
for _ in range(3):
    data, target = torch.rand(1, 1, 6, 6), torch.tensor([1])
    data.requires_grad = True
    output = model(data)
    loss = F.cross_entropy(output, target)
    model.zero_grad()
    loss.backward()
    perturbed = torch.clamp(data + 0.1 * data.grad.data.sign(), 0, 1)
    final = model(perturbed).max(1, keepdim=True)[1]
    correct += final.item() == target.item()
    examples.append(perturbed.squeeze().detach().cpu().numpy())
print(correct)
