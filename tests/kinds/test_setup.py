"""The visible part of a setup: the names that it defines."""

from __future__ import annotations

import pytest

from tensordrill.kinds.setup import defines


@pytest.mark.parametrize(
    ("setup", "names"),
    [
        pytest.param("def load(p): return p", ("load",), id="function"),
        pytest.param("class Pairs(list):\n    total = 0", ("Pairs",), id="class"),
        pytest.param("import os.path, numpy as n\nfrom a import b as c", ("os", "n", "c"), id="imports"),
        pytest.param("a, (b, *c) = 1, [2]\nd: int = 3", ("a", "b", "c", "d"), id="assignments"),
        pytest.param("for i in [1]:\n    k = i", ("i", "k"), id="loop"),
        pytest.param("x = 1\nx = 2", ("x",), id="once"),
        pytest.param("_seen = []\ndef __f(): ...", (), id="private"),
        pytest.param("torch.manual_seed(0)", (), id="nothing"),
        pytest.param("x.y = 1\nz[0] = 1", (), id="no names"),
        pytest.param("def (", (), id="no python"),
    ],
)
def test_names_of_a_setup(setup: str, names: tuple[str, ...]) -> None:
    assert defines(setup) == names
