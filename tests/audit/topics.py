"""One small topic of each kind in which the check finds nothing, and how to put a mistake into it."""

from __future__ import annotations

IDEAS = """\
dim-stays:
  title: {en: The dim that is named stays, ko: 지정한 차원이 남는다}
  rule: {en: It goes., ko: 없어집니다.}
keeps:
  title: {en: Keeps, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
other-dim:
  title: {en: Other dim, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
first:
  title: {en: First, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
second:
  title: {en: Second, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
lists-are-views:
  title: {en: Lists are views, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
nothing-is:
  title: {en: Nothing is, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
rebinds:
  title: {en: Rebinds, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
adds:
  title: {en: Adds, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
rows:
  title: {en: Rows, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
one-by-one:
  title: {en: One by one, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
doubled-first:
  title: {en: Doubled first, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
subtracted:
  title: {en: Subtracted, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
times:
  title: {en: Times, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
minus:
  title: {en: Minus, ko: 오해}
  rule: {en: It does not., ko: 아닙니다.}
"""

TOPICS = {
    "predict": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
intro:
  text: {en: Look., ko: 보세요.}
  given: x = torch.ones(2, 3)
  ask: x.sum()
questions:
  - id: total
    draw:
      rows: {int: [2, 3]}
      cols: {int: [4, 5]}
      dim: {choice: [0, 1]}
    where: ["rows + cols > 6"]
    given: x = torch.ones({{ rows }}, {{ cols }})
    code: y = x.sum(dim={{ dim }})
    ask: y.shape
    because: {en: "{{ key }} stays.", ko: "{{ key }}만 남습니다."}
    hints:
      - {en: Which dim goes?, ko: 어느 차원이 없어질까요?}
    misconceptions:
      - idea: dim-stays
        code: y = x.sum(dim={{ 1 - dim }})
        because: {en: "Not {{ got }}.", ko: "{{ got }}이 아닙니다."}
      - idea: keeps
        code: y = x.sum(dim={{ dim }}, keepdim=True)
        because: {en: "Dim {{ dim }} goes.", ko: 없어집니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.sum.html
""",
    "write": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: total
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange({{ 2 * n }}.).reshape(2, {{ n }})
    task: {en: Add up the rows., ko: 행을 더하세요.}
    write: expression
    solution: x.sum(dim=0)
    also_on:
      - x = torch.arange(5. * {{ n }}).reshape(5, {{ n }}) ** 2
    forbid: [mean]
    because: {en: Dim 0 goes., ko: 0번 차원이 없어집니다.}
    hints:
      - {en: Which dim goes?, ko: 어느 차원이 없어질까요?}
    misconceptions:
      - idea: other-dim
        code: x.sum(dim=1)
        because: {en: The columns., ko: 열입니다.}
      - idea: keeps
        code: x.sum(dim=0, keepdim=True)
        because: {en: Dim 0 goes., ko: 없어집니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.sum.html
""",
    "fill": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: column
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange({{ n }})
    fill: y = x.unsqueeze(____)
    solution: "1"
    must: [shape]
    task: {en: Make a column., ko: 열로 만드세요.}
    because: {en: At the end., ko: 끝에 생깁니다.}
    hints:
      - {en: Where does it go?, ko: 어디에 생길까요?}
    misconceptions:
      - idea: first
        code: "0"
        because: {en: A row., ko: 행입니다.}
      - idea: second
        code: "2"
        because: {en: There is no such place., ko: 그런 자리는 없습니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.unsqueeze.html
""",
    "which": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: sharing
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange(2 * {{ n }}).reshape(2, {{ n }})
    options: ["x.t()", "x[0]", "x + 0", "x[[0]]"]
    which: shares_memory(x, it)
    because: {en: Views share., ko: 뷰는 공유합니다.}
    hints:
      - {en: Which are views?, ko: 어느 것이 뷰일까요?}
    misconceptions:
      - idea: lists-are-views
        picks: [1, 2, 4]
        because: {en: A list copies., ko: 리스트는 복사합니다.}
      - idea: nothing-is
        which: "False"
        because: {en: Views share., ko: 뷰는 공유합니다.}
    source: https://docs.pytorch.org/docs/stable/tensor_view.html
""",
    "statements": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: ones
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange({{ n }})
    task: {en: Make all of `x` 1., ko: "`x`를 모두 1로 만드세요."}
    write: statements
    solution: x[:] = 1
    ask: x
    must: [values, changed]
    because: {en: In place., ko: 제자리에서.}
    hints:
      - {en: Write into it., ko: 그 안에 쓰세요.}
    misconceptions:
      - idea: rebinds
        code: x = torch.ones_like(x)
        because: {en: A new tensor., ko: 새 텐서입니다.}
      - idea: adds
        code: x += 1
        because: {en: That adds., ko: 더합니다.}
    source: https://docs.pytorch.org/docs/stable/tensors.html
""",
    "order": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: steps
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange({{ n }})
    task: {en: "Add 1, then double.", ko: "1을 더하고 두 배로 하세요."}
    order:
      - x = x + 1
      - x = x * 2
    distractors:
      - x = x - 1
    ask: x
    because: {en: First add., ko: 먼저 더합니다.}
    hints:
      - {en: What comes first?, ko: 무엇이 먼저일까요?}
    misconceptions:
      - idea: doubled-first
        order: [2, 1]
        because: {en: That doubles first., ko: 먼저 두 배로 했습니다.}
      - idea: subtracted
        order: [3, 2]
        because: {en: That subtracts., ko: 뺐습니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.add.html
""",
    "class": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: add
    draw:
      n: {int: [3, 4]}
    given: x = torch.arange({{ n }}.)
    task: {en: "Add {{ n }} to each.", ko: "모두 {{ n }}을 더하세요."}
    write: class
    class: Add(nn.Module)
    solution: |
      def forward(self, x):
          return x + {{ n }}
    ask: Add()(x)
    because: {en: Plus., ko: 더하기입니다.}
    hints:
      - {en: What is called?, ko: 무엇을 부를까요?}
    misconceptions:
      - idea: times
        code: |
          def forward(self, x):
              return x * {{ n }}
        because: {en: That multiplies., ko: 곱합니다.}
      - idea: minus
        code: |
          def forward(self, x):
              return x - {{ n }}
        because: {en: That subtracts., ko: 뺍니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
""",
    "function": """\
format: 1
topic: small
title: {en: Small, ko: 작은}
questions:
  - id: table
    draw:
      n: {int: [3, 5]}
      m: {int: [2, 4]}
    given: |
      a = torch.arange({{ n }}.)
      b = torch.arange({{ m }}.) - 1
    task: {en: Multiply each with each., ko: 모두 서로 곱하세요.}
    write: function
    def: table(a, b)
    solution: a.unsqueeze(1) * b
    because: {en: A column times a row., ko: 열과 행의 곱입니다.}
    hints:
      - {en: Make a column., ko: 열을 만드세요.}
    misconceptions:
      - idea: rows
        code: b.unsqueeze(1) * a
        because: {en: Turned., ko: 뒤집혔습니다.}
      - idea: one-by-one
        code: a * b
        because: {en: Elementwise., ko: 원소별입니다.}
    source: https://docs.pytorch.org/docs/stable/generated/torch.outer.html
""",
}


def changed(kind: str, *pieces: str) -> str:
    """Return a topic's text with each old piece, which is there once, replaced by the new one after it."""
    text = TOPICS[kind]
    for old, new in zip(pieces[::2], pieces[1::2], strict=True):
        assert text.count(old) == 1, f"{old!r} should be there once"
        text = text.replace(old, new)
    return text
