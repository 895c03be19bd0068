import torch
from torch import nn

torch.manual_seed(0)


class GroupNorm(nn.Module):
    def __init__(self, groups, channels):
        super().__init__()
        self.groups = groups
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        n, c, h, w = x.shape
        y = x.view(n, self.groups, -1)
        y = (y - y.mean(-1, keepdim=True)) / (y.var(-1, keepdim=True, unbiased=False) + 1e-5).sqrt()
        return y.view(n, c, h, w) * self.weight.view(1, c, 1, 1) + self.bias.view(1, -1, 1, 1)


def channel_shuffle(x, groups):
    b, c, h, w = x.size()
    x = x.view(b, groups, c // groups, h, w).transpose(1, 2).contiguous()
    return x.view(b, c, h, w)


x = torch.randn(8, 4, 2, 2)
print(torch.allclose(GroupNorm(2, 4)(x), nn.functional.group_norm(x, 2), atol=1e-5), channel_shuffle(x, 2).shape)
