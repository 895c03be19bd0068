"""A seed makes one variant of a question, always the same, with everything that torch is to run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tensordrill.bank.load import Bank, shipped
from tensordrill.bank.schema import Fill, Localized, Predict, Which, Write
from tensordrill.bank.variant import Selection, Variant, from_address, make, select, split_address
from tensordrill.errors import BankError, DrawError

TOPIC = """
format: 1
topic: view
title: T
questions:
  - id: swap
    draw:
      rows: {int: [2, 5]}
      cols: {int: [2, 5]}
      how: {choice: [{call: x, back: false}, {call: x.t(), back: true}]}
    where: [rows != cols]
    given: x = torch.arange({{ rows * cols }}).view({{ rows }}, {{ cols }})
    code: y = {{ how.call }}.view(-1)
    ask: y[{{ cols }}]
    because: {en: "{{ rows }} rows give {{ key }}", ko: "행 {{ rows }}개, {{ key }}"}
    misconceptions:
      - {id: copies, when: how.back, code: "y = {{ how.call }}.reshape(-1)", because: B}
      - {id: first, ask: "y[{{ rows }}]", given: "x = torch.zeros({{ rows }})"}
      - {idea: always-raises, when: not how.back, answer: raises}
  - id: outer
    draw:
      n: {int: [2, 9]}
      m: {int: [2, 9]}
    given: a, b = torch.arange({{ n }}.), torch.arange({{ m }}.)
    task: T
    write: function
    def: outer(a, b)
    solution: return a[:, None] * b
    also_on: ["a, b = torch.ones({{ n }}), torch.ones(0)"]
    misconceptions:
      - {id: row, code: "return a * b  # {{ n }}"}
  - id: few
    draw: {n: {int: [1, 3]}}
    given: a = torch.ones({{ n }})
    task: T
    write: function
    def: f(a)
    solution: return a
  - id: blank
    draw: {n: {int: [2, 9]}}
    given: x = torch.zeros({{ n }})
    task: T
    fill: y = x.view(____, {{ n }})
    solution: "{{ 1 }}"
    misconceptions:
      - {id: m, code: "{{ n }}"}
  - id: share
    draw: {n: {int: [2, 9]}}
    given: x = torch.zeros({{ n }})
    options: ["x[0]", "x[:{{ n }}]", x + 0, "x.clone()", "x.view(-1)", x.sum()]
    show: 4
    which: shares_memory(x, it)
    misconceptions:
      - {id: all, which: "True"}
      - {id: ends, picks: [1, 3, 6]}
  - id: shuffled
    given: x = torch.zeros(2)
    options: [a, b, c, d, e]
    which: it
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "view.yaml").write_text(TOPIC, encoding="utf-8")
    (folder / "other.yaml").write_text(TOPIC.replace("topic: view", "topic: other"), encoding="utf-8")
    return Bank(folder)


def variant(bank: Bank, address: str) -> Variant:
    return from_address(bank, address, 0)
