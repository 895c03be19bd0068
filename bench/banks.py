"""Banks made up for measuring."""

from __future__ import annotations

from pathlib import Path

_QUESTION = """
  - id: question-{number}
    level: 2
    draw:
      rows: {{int: [2, 5]}}
      cols: {{int: [2, 5]}}
    where: [rows != cols]
    given: x = torch.arange({{{{ rows * cols }}}}).reshape({{{{ rows }}}}, {{{{ cols }}}})
    code: y = x.t() + {number}
    ask: y.shape
    because:
      en: "`t()` swaps the two dims, and adding a number keeps the shape."
      ko: "`t()`는 두 차원을 맞바꾸고, 숫자를 더해도 모양은 그대로입니다."
    hints:
      - en: Which of the two dims comes first after `t()`?
        ko: "`t()` 뒤에는 두 차원 중 어느 것이 먼저 올까요?"
    misconceptions:
      - id: t-does-nothing
        code: y = x + {number}
        because:
          en: "`t()` gives a view with the dims swapped; `x` itself keeps its shape."
          ko: "`t()`는 차원이 바뀐 view를 돌려주고, `x` 자신은 그대로입니다."
    source: https://docs.pytorch.org/docs/stable/generated/torch.t.html
"""


def large_bank(folder: Path, topics: int = 100, questions: int = 100) -> Path:
    """Write a bank of many topics with many questions; give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for topic in range(topics):
        head = f"format: 1\ntopic: topic-{topic}\ntitle: Topic {topic}\nquestions:\n"
        body = "".join(_QUESTION.format(number=number) for number in range(questions))
        (folder / f"topic-{topic}.yaml").write_text(head + body, encoding="utf-8")
    return folder
