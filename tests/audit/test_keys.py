"""Keys recorded under one torch and compared with another's: what is written, and what counts as changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.audit.keys import BankKeys, KeyChange, changes, keys_of, read_keys, write_keys
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import select
from tensordrill.errors import BankError
from tensordrill.sandbox.client import Sandbox
from tests.audit.topics import TOPICS, changed


def recorded(folder: Path, text: str, sandbox: Sandbox) -> BankKeys:
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    bank = Bank(folder)
    return keys_of(bank, select(bank, ()), sandbox)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param(TOPICS["predict"], {"(5,)", "(4,)", "(2,)", "(3,)"}, id="a value that is typed"),
        pytest.param(
            changed("predict", "y = x.sum(dim={{ dim }})\n", "y = x.sum(dim=5)\n"),
            {"raises IndexError"},
            id="an error",
        ),
        pytest.param(
            TOPICS["write"],
            {
                "[3, 5, 7], dtype float32; [270, 335, 410], dtype float32",
                "[4, 6, 8, 10], dtype float32; [480, 565, 660, 765], dtype float32",
            },
            id="what a solution gives on each operand",
        ),
        pytest.param(
            changed("predict", "ask: y.shape", "ask: float(x.sum() / 7)"),
            {"1.143", "1.429", "1.714", "2.143"},
            id="a float, rounded",
        ),
        pytest.param(
            TOPICS["statements"],
            {"[1, 1, 1], x [1, 1, 1]", "[1, 1, 1, 1], x [1, 1, 1, 1]"},
            id="what changed",
        ),
    ],
)
def test_a_key_is_written(folder: Path, sandbox: Sandbox, text: str, keys: set[str]) -> None:
    assert set(recorded(folder, text, sandbox).keys.values()) <= keys


def test_draws_that_come_again_are_left_out(folder: Path, sandbox: Sandbox) -> None:
    assert [*recorded(folder, TOPICS["fill"], sandbox).keys] == ["small/column@0", "small/column@1"]


def test_what_is_written_is_read(folder: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    keys = recorded(folder, TOPICS["which"], sandbox)
    write_keys(tmp_path / "keys.json", keys)
    assert read_keys(tmp_path / "keys.json") == keys
    assert keys.torch.startswith("2.")


def test_changes_are_those_that_both_have() -> None:
    before = BankKeys("2.12.0", {"a/b@0": "1", "a/b@1": "2", "a/gone@0": "3"})
    now = BankKeys("2.13.0", {"a/b@0": "1", "a/b@1": "5", "a/new@0": "4"})
    assert changes(before, now) == [KeyChange("a/b@1", "2", "5")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "these are no recorded keys; `bank check --record FILE` writes some", id="empty"),
        pytest.param(
            "[1]", "these are no recorded keys; `bank check --record FILE` writes some", id="other JSON"
        ),
        pytest.param(None, "the recorded keys cannot be read: No such file or directory", id="not there"),
    ],
)
def test_a_file_without_keys(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "keys.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as caught:
        read_keys(path)
    assert str(caught.value) == f"{path}: {message}"
