"""An assignment of a small bank, to be looked at before it is handed out."""

from __future__ import annotations

from pathlib import Path

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.folder import Folder
from tests.course.homework import class_folder

TOPIC = """
format: 1
topic: t
title: {en: Turning, ko: 돌리기}
questions:
  - id: fixed
    given: x = torch.arange(6).view(2, 3)
    task: {en: "Turn `x` around.", ko: "`x`를 돌리세요."}
    write: expression
    solution: x.t()
    must: [shape, values]
    because: {en: "`t` exchanges the dims.", ko: "`t`는 두 차원을 맞바꿉니다."}
    misconceptions:
      - id: reshape-turns
        title: {en: "`reshape` turns", ko: "`reshape`은 돌립니다"}
        code: x.reshape(3, 2)
        because: {en: "The order stays.", ko: "순서는 그대로입니다."}
  - id: drawn
    level: 3
    draw:
      rows: {choice: [2, 3]}
    given: x = torch.arange({{ rows * 4 }}).view({{ rows }}, 4)
    code: y = x.sum(0)
    ask: y.shape
    misconceptions:
      - id: rows-stay
        title: {en: "dim 0 stays", ko: "차원 0은 남습니다"}
        code: y = x.sum(1)
  - id: ends
    given: x = torch.zeros(2)
    code: import os; os._exit(1)
    ask: x.shape
"""


def small_folder(path: Path, *questions: str, shared: bool = False) -> Folder:
    """Make an assignment of the small bank's questions below a path."""
    bank = path / "bank"
    bank.mkdir()
    (bank / "t.yaml").write_text(TOPIC, encoding="utf-8")
    return class_folder(path / "hw1", Bank(bank), *(f"t/{name}" for name in questions), shared=shared)
