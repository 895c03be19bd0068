"""Random chains of operations that view, copy, change and fail: what tracing must not disturb."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

_VIEWS = (
    ".t()", ".mT", ".T", ".view(-1)", ".view(2, -1)", ".unsqueeze(0)", ".unsqueeze(-1)", ".squeeze()",
    ".transpose(0, -1)", "[0]", "[..., 0]", "[:, ::2]", "[1:]", "[:0]", ".expand(2, *{0}.shape)", ".detach()",
    ".narrow(0, 0, 1)", ".permute(*reversed(range({0}.dim())))", ".diagonal()", ".chunk(2)[0]",
    ".unfold(0, 1, 1)", ".as_strided((2,), (1,))", ".select(0, 0)", ".movedim(0, -1)", ".real", ".data",
)  # fmt: skip
_EITHER = (".reshape(-1)", ".flatten()", ".contiguous()", ".to(torch.float32)", ".double()")
_OTHERS = (".clone()", "[[0]]", " + 1", ".repeat(2)", ".sum(0)", " @ {0}", ".add_(1)", ".mul_(2)", ".int()")


class Chain(NamedTuple):
    """A program that makes x0, x1, … and what is asked of each of them after it."""

    code: str
    ask: str

    @property
    def lines(self) -> list[str]:
        """Return the program's lines; line i makes x{i}."""
        return self.code.split("\n")


def chain(random: Random) -> Chain:
    """Draw a chain."""
    shape = tuple(random.randint(1, 4) for _ in range(random.randint(1, 3)))
    leaf = random.choice(("", "", ".requires_grad_()"))
    lines = [f"x0 = torch.arange({_product(shape)}.).reshape({shape}){leaf}"]
    length = random.randint(2, 5)
    for index in range(length):
        name = f"x{random.randint(0, index)}"
        kind = random.choice((_VIEWS, _VIEWS, _EITHER, _OTHERS))
        lines.append(f"x{index + 1} = {name}{random.choice(kind).format(name)}")
    lines += random.choice(
        ([], [], [f"x{random.randint(0, length)}[0] = 7"], [f"x{random.randint(0, length)} += 1"])
    )
    lines += random.choice(([], [], [], [f"x{random.randint(0, length)}.sum().backward()"]))
    return Chain("\n".join(lines), f"[{', '.join(_asked(index) for index in range(length + 1))}]")


def _asked(index: int) -> str:
    """Ask for values, strides, and which earlier ones it is or shares memory with; for its grad."""
    earlier = "".join(f"x{other}, " for other in range(index))
    name = f"x{index}"
    return (
        f"({name}, {name}.stride(), {name}.requires_grad, {name}.is_leaf, {name}.grad if {name}.is_leaf else None, "
        f"[{name} is y for y in ({earlier})], [shares_memory({name}, y) for y in ({earlier})], {name}.numel())"
    )


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product
