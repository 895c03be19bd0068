# The shape of https://pytorch.org/tutorials/advanced/neural_style_tutorial.html
import torch
from torch import nn
from torch.nn import functional as F


def gram_matrix(input):
    a, b, c, d = input.size()
    features = input.view(a * b, c * d)
    return torch.mm(features, features.t()).div(a * b * c * d)


class ContentLoss(nn.Module):
    def __init__(self, target):
        super().__init__()
        self.target = target.detach()

    def forward(self, input):
        self.loss = F.mse_loss(input, self.target)
        return input


class StyleLoss(nn.Module):
    def __init__(self, target):
        super().__init__()
        self.target = gram_matrix(target).detach()

    def forward(self, input):
        self.loss = F.mse_loss(gram_matrix(input), self.target)
        return input


torch.manual_seed(0)
conv = nn.Conv2d(3, 4, 3, padding=1).eval()
content, style = torch.rand(1, 3, 6, 6), torch.rand(1, 3, 6, 6)
content_loss, style_loss = ContentLoss(conv(content)), StyleLoss(conv(style))
model = nn.Sequential(conv, content_loss, style_loss)
image = content.clone()
image.requires_grad_(True)
model.eval()
model.requires_grad_(False)
optimizer = torch.optim.Adam([image], lr=0.01)
for _ in range(4):
    with torch.no_grad():
        image.clamp_(0, 1)
    optimizer.zero_grad()
    model(image)
    loss = content_loss.loss + 1e3 * style_loss.loss
    loss.backward()
    optimizer.step()
with torch.no_grad():
    image.clamp_(0, 1)
print(image.mean())
