# The shape of https://pytorch.org/tutorials/beginner/examples_autograd/two_layer_net_custom_function.html
import torch


class Legendre(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return 0.5 * (5 * input**3 - 3 * input)

    @staticmethod
    def backward(ctx, grad_output):
        (input,) = ctx.saved_tensors
        return grad_output * 1.5 * (5 * input**2 - 1)


x = torch.linspace(-1, 1, 20)
y = torch.sin(x)
a = torch.full((), 0.1, requires_grad=True)
b = torch.full((), -0.5, requires_grad=True)
for t in range(5):
    y_pred = a + b * Legendre.apply(x)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        a -= 5e-3 * a.grad
        b -= 5e-3 * b.grad
        a.grad.zero_()
        b.grad.zero_()
print(a, b)
