"""Programs whose explanations are looked at: each shows something that a picture is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.pictures import Picture, of_the_error, of_the_step


def last_picture(explanation: Explanation) -> Picture | None:
    """Return the picture of the error, else the last one of a step."""
    failed = of_the_error(explanation)
    pictures = (of_the_step(explanation, index) for index in reversed(range(len(explanation.steps))))
    return failed or next((picture for picture in pictures if picture is not None), None)


SILENT = sorted((Path(__file__).parent / "silent").glob("*.py"))
"""Scripts that end well with a mistake; the first line says what is found, at which line, and how sure it is."""


def one_of_each_kind() -> Iterator[str]:
    """Yield a script for each kind of mistake that raises nothing."""
    kinds = set()
    for path in SILENT:
        source = path.read_text(encoding="utf-8")
        kind = source.split(maxsplit=2)[1]
        if kind not in kinds:
            kinds.add(kind)
            yield source


PROGRAMS = {
    "view of a transpose": "x = torch.arange(6).reshape(2, 3)\ny = x.t().view(-1)",
    "reshape copies": "x = torch.arange(24).reshape(2, 3, 4)\ny = x[:, :2].reshape(-1)\nz = x[:, :, :2].view(6, 2)",
    "in place": (
        "x = torch.arange(6).reshape(2, 3)\nz = x\nx[:, 1:].mul_(10)\n"
        "for i in range(2):\n    x[0, i] += 1\nprint(x)"
    ),
    "expanded": "v = torch.tensor([7, 8])\nm = v[:, None].expand(2, 3)\nv.expand(3, 2).add_(1)",
    "overlapping": "x = torch.arange(10)\nu = x.unfold(0, 3, 2)\ns = x[1::3]",
    "shapes that meet": (
        "a = torch.arange(24.).reshape(2, 3, 4)\nb = torch.ones(3, 1)\nc = a + b\nd = a @ torch.ones(4, 5)\n"
        "e = a.sum(1)\nf = a.mean(dim=-1, keepdim=True)\ng = torch.cat([a, a], 1)\nh = torch.stack([b, b])\n"
        "k = torch.ones(4) @ torch.ones(4)"
    ),
    "shapes that clash": "def add(p, q):\n    return p.float() + q\n\nadd(torch.ones(2, 3), torch.ones(4))",
    "nested tensors": (
        "x = torch.nested.as_nested_tensor([torch.ones(n, 3) for n in range(1, 21)], layout=torch.jagged)\n"
        "x @ torch.ones(4, 5)"
    ),
    "mm takes matrices": "a = torch.ones(5, 2, 3)\nb = torch.ones(3, 4)\ntorch.mm(a, b)",
    "a layer inside": (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.head = nn.Sequential(nn.Linear(4, 2), nn.ReLU(), nn.Linear(3, 1))\n\n"
        "    def forward(self, x):\n        return self.head(x.flatten(1))\n\nNet()(torch.ones(5, 2, 2))"
    ),
    "backward twice": "w = torch.tensor([1., 2.], requires_grad=True)\nl = (w * w).sum()\nl.backward()\nl.backward()",
    "large": "a = torch.arange(1000000).reshape(1000, 1000)\nb = a[::2, ::3]\nc = b.view(-1)",
    "many steps": "x = torch.zeros(2)\nfor i in range(500):\n    x += 1\n",
    "wide letters": "값 = torch.arange(4)\n뒤집은_값 = 값.reshape(2, 2).t()\nprint('한글 출력')",
    "no tensor": "n = 1 + 1",
    "endless": "x = torch.zeros(3)\nwhile True: pass",
    "no program": "값 = torch.ones(2)\n\n값.view(2 1)",
    "hostile": (
        "x = torch.zeros(2)  # <script>alert(1)</script> \u202e\n"
        "print('<img src=x onerror=alert(1)>\\x1b[31m\\u202e')\n"
        "raise ValueError('</style></section><b onclick=\"alert(1)\">\\x1b]0;title\\x07')"
    ),
}
