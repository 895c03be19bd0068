import torch
def rope(x):
    b, h, t, d = x.shape
    freqs = 1.0 / (10000 ** (torch.arange(0, d, 2).float() / d))
    angles = torch.outer(torch.arange(t).float(), freqs)
    cos, sin = angles.cos(), angles.sin()
    x1, x2 = x[..., 0::2], x[..., 1::2]
    return torch.stack((x1 * cos - x2 * sin, x1 * sin + x2 * cos), dim=-1).flatten(-2)
def alibi(h, t):
    slopes = torch.tensor([2 ** (-8 * (i + 1) / h) for i in range(h)])
    return slopes.view(h, 1, 1) * (torch.arange(t).view(1, 1, t) - torch.arange(t).view(1, t, 1))
torch.manual_seed(0)
q, k, v = torch.randn(3, 2, 4, 6, 8).unbind(0)
mask = torch.full((6, 6), float("-inf")).triu(1)
scores = rope(q) @ rope(k).mT / 8**0.5 + alibi(4, 6) + mask
out = torch.softmax(scores, -1) @ v
out = out.permute(0, 2, 1, 3).contiguous().view(2, 6, -1)
groups = out.view(2, 6, 4, 8).transpose(1, 2)
print(groups.shape, torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True).shape)
