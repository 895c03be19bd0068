import torch


def window_partition(x, size):
    b, h, w, c = x.shape
    x = x.view(b, h // size, size, w // size, size, c)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size, size, c)


def window_reverse(windows, size, h, w):
    b = int(windows.shape[0] / (h * w / size / size))
    x = windows.view(b, h // size, w // size, size, size, -1)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(b, h, w, -1)


def pixel_shuffle(x, r):
    b, c, h, w = x.shape
    x = x.view(b, c // (r * r), r, r, h, w)
    return x.permute(0, 1, 4, 2, 5, 3).reshape(b, c // (r * r), h * r, w * r)


x = torch.randn(2, 4, 6, 3)
print(torch.equal(window_reverse(window_partition(x, 2), 2, 4, 6), x))
y = torch.randn(2, 8, 3, 5)
print(torch.equal(pixel_shuffle(y, 2), torch.nn.functional.pixel_shuffle(y, 2)))
