# mixed-dims 10 likely
import torch


class Mix:
    def __call__(self, x):
        b, t, d = x.size()
        if d < 3:
            return x
        return x.view(t, b, d)


print(Mix()(torch.randn(4, 4, 6)).shape)
