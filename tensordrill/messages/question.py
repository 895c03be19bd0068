"""Words beside a question, for what is compared, and for an answer that cannot be read."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "ask-order", "ask-order-some", "ask-fill-several", "setup-defines", "setup-runs", "setup-command", "setup-script", "blank-alone", "blank", "piece",
    "question-of", "question", "ask", "ask-bool", "ask-or-raises", "ask-which", "ask-test",
    "ask-fill", "ask-choice", "must", "forbid", "only", "worked-example", "cannot-read", "python-says",
    "not-counted", "shares", "shares-nothing", "unchanged", "no-grad", "calls-forbidden", "calls-others", "true", "false", "none", "a-value", "no-end", "ended-its-process",
    "nested-tensor", "quantized-tensor", "wrapped-tensor", "tensor-of-layout", "tensor-on-device", "tensor-of-dtype", "tensor-too-long",
    "tensor-too-large", "tensor-without-memory",
]  # fmt: skip
Facet: TypeAlias = Literal[
    "outcome", "type", "length", "shape", "dtype", "values", "value", "stride", "contiguous", "memory",
    "changed", "grad", "calls", "picks", "bool", "line", "output",
]  # fmt: skip
Form: TypeAlias = Literal[
    "shape", "int", "line", "float", "bool", "dtype", "tensor", "tuple", "text", "output", "exception",
    "warning", "plea", "plea-in-a-file", "picks", "picks-range", "choice", "order", "order-range", "order-once",
    "order-all", "expression", "statements", "function", "class", "filling", "fillings", "empty-code", "too-long", "no-answer-line",
    "two-cells", "typo",
]  # fmt: skip
Refusal: TypeAlias = Literal[
    "processes", "network", "files", "input", "module", "device", "memory", "system"
]  # fmt: skip
Write: TypeAlias = Literal["expression", "statements", "function", "class"]

WORDS: dict[Name, Sentence] = {
    # a question
    "question-of": ("question {number} of {of}", "문제 {number} / {of}"),
    "question": ("question {number}", "문제 {number}"),
    "ask": ("What is {ask}?  Or does it raise?", "{ask}의 값은 무엇일까요?  아니면 에러가 날까요?"),
    "ask-bool": ("Is {ask} true?  yes, no, or: raises", "{ask}: 참일까요?  예, 아니요, 또는 에러"),
    "ask-or-raises": ("Your answer, or: raises", "답 또는 에러"),
    "ask-which": ("Numbers, as in: 1 3   or: none", "번호를 1 3처럼 적으세요. 없으면: 없음"),
    "ask-test": (
        "For which options, called `it`, is {test} true?",
        "{test}: 참이 되는 보기는 무엇일까요? `it`은 보기의 값입니다.",
    ),
    "ask-order": ("All the numbers in order, as in: 3 1 2", "모든 번호를 순서대로 3 1 2처럼 적으세요."),
    "ask-order-some": (
        "The numbers in order, as in: 3 1 2   Some lines belong nowhere.",
        "번호를 순서대로 3 1 2처럼 적으세요. 쓰지 않는 줄도 있습니다.",
    ),
    "ask-fill": ("What goes into the blank?", "빈칸에 들어갈 코드는?"),
    "ask-fill-several": (
        "What goes into the {count} blanks?  One after the other, or as in: 2; -1",
        "빈칸 {count}개에 들어갈 코드는?  하나씩 적거나 2; -1처럼 적으세요.",
    ),
    "ask-choice": ("The letter of your choice, as in: a", "고른 보기의 글자를 a처럼 적으세요."),
    "must": ("compared: {facets}", "비교 기준: {facets}"),
    "forbid": ("not to be called: {names}", "쓸 수 없는 함수: {names}"),
    "only": ("to be called only: {names}", "쓸 수 있는 함수: {names}"),
    "setup-defines": ("Set up beforehand: {names}", "미리 정의된 이름: {names}"),
    "setup-runs": ("Some code runs beforehand", "먼저 실행되는 코드가 있습니다"),
    "setup-command": (":d shows the code", "코드 보기 :d"),
    "setup-script": ("`show --python` prints the code", "코드 보기 `show --python`"),
    "worked-example": ("Before you start: {title}", "시작하기 전에: {title}"),
    "blank-alone": ("blank {number} alone: {outcome}", "빈칸 {number} 하나만으로: {outcome}"),
    "blank": ("blank {number}, {facet}", "빈칸 {number}, {facet}"),
    "piece": ("piece {number}, {facet}", "항목 {number}, {facet}"),
    # what differs
    "shares": ("shares with {names}", "{names} 공유"),
    "shares-nothing": ("shares with nothing", "공유 없음"),
    "unchanged": ("{name} unchanged", "{name} 그대로"),
    "no-grad": ("no gradient for {name}", "{name}의 grad 없음"),
    "true": ("True", "참"),
    "false": ("False", "거짓"),
    "none": ("none", "없음"),
    "a-value": ("a value", "값이 나옴"),
    "no-end": ("no end in time", "제시간에 끝나지 않음"),
    "ended-its-process": ("the end of its process", "프로세스를 끝냄"),
    "nested-tensor": ("a nested tensor", "nested 텐서"),
    "wrapped-tensor": ("a tensor inside `vmap` or `grad`", "`vmap`이나 `grad` 안의 텐서"),
    "quantized-tensor": ("a quantized tensor", "양자화된 텐서"),
    "tensor-of-layout": ("a tensor with layout {layout}", "layout이 {layout}인 텐서"),
    "tensor-on-device": ("a tensor on device {device}", "{device} 장치의 텐서"),
    "tensor-of-dtype": (
        "a tensor of dtype {dtype}, which is not compared",
        "dtype이 {dtype}인 텐서(비교하지 않는 dtype)",
    ),
    "tensor-too-long": (
        "a tensor of {count} elements; {most} are the most that is compared",
        "원소가 {count}개인 텐서(비교는 {most}개까지)",
    ),
    "tensor-too-large": (
        "a tensor of shape {shape}, too large to be compared",
        "shape이 {shape}인 텐서(너무 커서 비교하지 않음)",
    ),
    "tensor-without-memory": ("a tensor whose memory was taken away", "메모리가 사라진 텐서"),
    "calls-forbidden": (
        "Your code calls {called}, which it may not.",
        "쓸 수 없는 함수를 호출했습니다: {called}",
    ),
    "calls-others": (
        "Your code calls {called}; it may only call {names}.",
        "쓸 수 없는 함수를 호출했습니다: {called} (쓸 수 있는 함수: {names})",
    ),
    # what is typed
    "cannot-read": ("I could not read that as {kind}.", "{kind} 읽을 수 없습니다."),
    "python-says": ("Python says: {detail}", "Python 메시지: {detail}"),
    "not-counted": (
        "Nothing is counted; write it another way",
        "채점하지 않았으니 다른 방법으로 적어 보세요.",
    ),
}
FACETS: dict[Facet, Sentence] = {
    "outcome": ("outcome", "결과"),
    "type": ("type", "타입"),
    "length": ("length", "길이"),
    "shape": ("shape", "shape"),
    "dtype": ("dtype", "dtype"),
    "values": ("values", "값"),
    "value": ("value", "값"),
    "stride": ("stride", "stride"),
    "contiguous": ("contiguous", "contiguous"),
    "memory": ("memory", "메모리"),
    "changed": ("changed", "변경"),
    "grad": ("grad", "grad"),
    "calls": ("calls", "호출"),
    "picks": ("picks", "고른 번호"),
    "output": ("output", "출력"),
    "bool": ("value", "값"),
    "line": ("line", "줄 번호"),
}
"""A facet in a word."""
MUST: dict[Facet, Sentence] = {
    "contiguous": ("contiguous or not", "contiguous 여부"),
    "memory": ("shared memory", "메모리 공유"),
    "grad": ("gradients", "grad 값"),
    "changed": ("what the given tensors hold afterwards", "실행한 뒤 주어진 텐서의 값"),
}
"""A facet, where somebody who has not answered yet needs more than a word."""
FORMS: dict[Form, Sentence] = {
    "shape": ("a shape", "shape로"),
    "int": ("an integer", "정수로"),
    "line": ("a line number", "줄 번호로"),
    "float": ("a number", "숫자로"),
    "bool": ("yes or no", "예/아니요로"),
    "dtype": ("a dtype", "dtype으로"),
    "tensor": ("tensor values", "텐서 값으로"),
    "tuple": ("a tuple", "튜플로"),
    "text": ("a word", "단어로"),
    "output": ("printed lines", "출력으로"),
    "exception": ("an exception's class", "예외 클래스로"),
    "warning": ("a warning", "경고로"),
    "plea": ("an answer", "답으로"),
    "plea-in-a-file": ("an answer", "답으로"),
    "picks": ("a choice", "번호로"),
    "picks-range": ("a choice", "번호로"),
    "choice": ("a choice", "보기로"),
    "order": ("an order", "순서로"),
    "order-range": ("an order", "순서로"),
    "order-once": ("an order", "순서로"),
    "order-all": ("an order", "순서로"),
    "expression": ("an expression", "표현식으로"),
    "statements": ("Python statements", "Python 문장으로"),
    "function": ("a function", "함수로"),
    "class": ("a class", "클래스로"),
    "fillings": ("fillings for the blanks", "빈칸에 들어갈 코드로"),
    "filling": ("a filling for the blank", "빈칸에 들어갈 코드로"),
    "empty-code": ("code", "코드로"),
    "too-long": ("an answer", "답으로"),
    "no-answer-line": ("an answer", "답으로"),
    "two-cells": ("an answer", "답으로"),
    "typo": ("working code", "실행할 수 있는 코드로"),
}
"""The form of an answer, as the object of `read`."""
EXAMPLES: dict[Form, Sentence] = {
    "shape": (
        "A shape looks like 2,3 or (2, 3); () is a scalar; or: raises",
        "shape는 2,3 또는 (2, 3)처럼 적습니다. 스칼라는 (), 에러가 나면 에러라고 적으세요.",
    ),
    "int": (
        "An integer looks like 6 or -1; or: raises",
        "정수는 6이나 -1처럼 적습니다. 에러가 나면: 에러",
    ),
    "line": ("A line number looks like 2; or: none", "줄 번호는 2처럼 적습니다. 없으면: 없음"),
    "float": (
        "A number looks like 0.333 or 2; or: raises",
        "숫자는 0.333이나 2처럼 적습니다. 에러가 나면: 에러",
    ),
    "bool": ("Answer yes or no; or: raises", "예 또는 아니요로 답하세요. 에러가 나면: 에러"),
    "dtype": (
        "A dtype looks like float32 or torch.int64; or: raises",
        "dtype은 float32나 torch.int64처럼 적습니다. 에러가 나면: 에러",
    ),
    "tensor": (
        "Values look like [[0, 1], [2, 3]], one number for a scalar; or: raises",
        "값은 [[0, 1], [2, 3]]처럼 적습니다. 스칼라는 숫자 하나, 에러가 나면: 에러",
    ),
    "tuple": (
        "A tuple looks like 3, 1 or (3, 1); or: raises",
        "튜플은 3, 1 또는 (3, 1)처럼 적습니다. 에러가 나면: 에러",
    ),
    "text": (
        "Answer with one word or name, without quotes; or: raises",
        "따옴표 없이 단어나 이름 하나를 적으세요. 에러가 나면: 에러",
    ),
    "exception": ("Did you mean `{detail}`?", "`{detail}`인가요?"),
    "warning": (
        "A warning is its class, as UserWarning; or: no",
        "경고는 UserWarning처럼 클래스로 적습니다. 없으면: 없음",
    ),
    "plea": (
        "Type ? for a hint, :s to skip, :q to stop",
        "힌트를 보려면 ?, 건너뛰려면 :s, 끝내려면 :q를 치세요.",
    ),
    "plea-in-a-file": (
        "Leave `...` where you have no answer",
        "답을 모르면 `...`을 그대로 두세요.",
    ),
    "output": (
        "Type what is printed, line by line; or: raises, nothing",
        "출력되는 내용을 한 줄씩 적으세요. 에러 또는 없음",
    ),
    "picks": (
        "Type the numbers that you pick, as 1 3; or: none",
        "고른 번호를 1 3처럼 적으세요. 없으면: 없음",
    ),
    "picks-range": (
        "The numbers go from 1 to {detail}; or: none",
        "번호는 1부터 {detail}까지입니다. 없으면: 없음",
    ),
    "choice": (
        "The letters go from a to {detail}",
        "보기는 a부터 {detail}까지입니다.",
    ),
    "order": ("Type the numbers in their order, as 3 1 2", "번호를 순서대로 3 1 2처럼 적으세요."),
    "order-range": ("The numbers go from 1 to {detail}", "번호는 1부터 {detail}까지입니다."),
    "order-once": ("Each number stands there once", "같은 번호를 두 번 쓸 수 없습니다."),
    "order-all": ("It takes all {detail} numbers", "번호 {detail}개를 모두 적어야 합니다."),
    "expression": (
        "An expression looks like x.t() or x[0] + 1",
        "표현식은 x.t()나 x[0] + 1처럼 적습니다.",
    ),
    "statements": ("Statements look like y = x.t()", "문장은 y = x.t()처럼 적습니다."),
    "function": ("A body looks like return a + b", "본문은 return a + b처럼 적습니다."),
    "fillings": (
        "It takes {detail} fillings, one a line, or on one line as in 2; -1",
        "빈칸이 {detail}개입니다. 한 줄에 하나씩 적거나 한 줄에 2; -1처럼 적으세요.",
    ),
    "class": (
        "A body looks like def forward(self, x): return x + 1",
        "본문은 def forward(self, x): return x + 1처럼 적습니다.",
    ),
    "filling": (
        "A filling is code that can stand where the blank is, on one line",
        "빈칸 자리에 그대로 들어갈 코드를 한 줄로 적으세요.",
    ),
    "empty-code": ("Write some code, or :s to skip", "코드를 적거나 :s로 건너뛰세요."),
    "too-long": (
        "It is longer than any answer needs to be; please shorten it",
        "답이 너무 깁니다. 줄여서 적어 주세요.",
    ),
    "typo": (
        "It looks like a slip; nothing is counted, try again",
        "오타인 것 같습니다. 채점하지 않았으니 다시 적어 보세요.",
    ),
    "no-answer-line": (
        "The cell has lost the place for the answer: put back `answer = …`, `# answer:` or the def",
        "셀에서 답을 적는 자리가 사라졌습니다. `answer = …`, `# answer:` 또는 def 줄을 되살려 주세요.",
    ),
    "two-cells": (
        "Two cells answer this question; keep one of them",
        "이 문제의 셀이 두 개입니다. 하나만 남겨 주세요.",
    ),
}
"""An answer of each form."""
WORDS_ASKED: dict[str, Sentence] = {
    "line": (
        "Which line raises?  Its number, or: none",
        "몇 번째 줄에서 에러가 날까요?  줄 번호 또는 없음",
    ),
    "warns": (
        "Which warning does it give?  Its class, or: no",
        "어떤 경고가 나올까요?  경고 클래스 또는 no",
    ),
    "output": (
        "What does it print?  An empty line ends your answer.  Or: raises, nothing",
        "무엇이 출력될까요?  빈 줄을 넣으면 답이 끝납니다.  에러 또는 없음",
    ),
}
"""The question where `ask` is a word."""
WRITE: dict[Write, Sentence] = {
    "expression": ("One expression.", "표현식 하나를 적으세요."),
    "statements": (
        "Statements; an empty line ends a block.",
        "문장을 적으세요. 블록은 빈 줄로 끝냅니다.",
    ),
    "function": (
        "The body of {signature}, or the whole def; an empty line ends a block.",
        "{signature}의 본문 또는 def 전체를 적으세요. 블록은 빈 줄로 끝냅니다.",
    ),
    "class": (
        "The body of {signature}, or the whole class; an empty line ends it.",
        "{signature}의 본문 또는 class 전체를 적으세요. 빈 줄을 넣으면 끝납니다.",
    ),
}
"""The form in which code is asked for."""
REFUSALS: dict[Refusal, Sentence] = {
    "processes": (
        "The sandbox lets no program start processes or threads.",
        "샌드박스에서는 프로세스나 스레드를 만들 수 없습니다.",
    ),
    "network": ("The sandbox lets no program use the network.", "샌드박스에서는 네트워크를 쓸 수 없습니다."),
    "files": (
        "The sandbox lets no program write files, or read any but Python's and torch's.",
        "샌드박스에서는 파일을 쓸 수 없고, Python과 torch의 파일만 읽을 수 있습니다.",
    ),
    "input": (
        "The sandbox gives a program no input to read.",
        "샌드박스에서는 입력을 받을 수 없습니다.",
    ),
    "module": (
        "The sandbox has Python's own modules, torch and what torch needs, and no others.",
        "샌드박스에는 Python 표준 모듈과 torch, torch에 필요한 패키지만 있습니다.",
    ),
    "device": (
        "The sandbox reaches no GPU, not even one that is there.",
        "샌드박스에서는 GPU를 쓸 수 없습니다.",
    ),
    "memory": (
        "The program needs more memory than the sandbox gives it.",
        "프로그램에 필요한 메모리가 샌드박스의 한도를 넘습니다.",
    ),
    "system": (
        "The sandbox does not let the program do this to the system.",
        "샌드박스에서는 시스템에 이런 요청을 할 수 없습니다.",
    ),
}
"""A refusal of the sandbox, named so that nobody takes it for torch's doing or for a wrong answer."""
