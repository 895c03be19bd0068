"""Two languages: choosing a bank's text, and the interface's own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


class InLanguages(Protocol):
    """A text that may be there in either language."""

    @property
    def en(self) -> str | None: ...
    @property
    def ko(self) -> str | None: ...


def choose(text: str | InLanguages, language: Language) -> str:
    """Give the text in the language asked for, else in the one it has."""
    if isinstance(text, str):
        return text
    first, second = (text.en, text.ko) if language == "en" else (text.ko, text.en)
    return first if first is not None else second or ""


def languages_of(text: str | InLanguages, plain: Language) -> frozenset[Language]:
    """Give the languages a text is there in; a plain string is in the bank's language."""
    if isinstance(text, str):
        return frozenset({plain})
    return frozenset(lang for lang in LANGUAGES if getattr(text, lang) is not None)


def preferred(option: str | None, environ: Mapping[str, str]) -> Language:
    """Give the language to speak: the option, else TENSORDRILL_LANG, else the locale's, else English."""
    names = [option, environ.get("TENSORDRILL_LANG")]
    names += [environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for name in names:
        if name:
            return "ko" if name.lower().startswith("ko") else "en"
    return "en"


def say(name: str, language: Language, /, **values: object) -> str:
    """Give one of the interface's own sentences with its values filled in."""
    return fill(SENTENCES[name], language, **values)


def fill(sentence: tuple[str, str], language: Language, /, **values: object) -> str:
    """Give a sentence, which is there in English and Korean, with its values filled in."""
    english, korean = sentence
    return (english if language == "en" else korean).format(**values)


SENTENCES: dict[str, tuple[str, str]] = {
    # a question
    "question-of": ("question {number} of {of}", "문제 {number} / {of}"),
    "question": ("question {number}", "문제 {number}"),
    "ask": ("What is {ask}?  Or does it raise?", "{ask}의 값은 무엇일까요?  아니면 에러가 날까요?"),
    "ask-bool": ("Is {ask} true?  yes, no, or: raises", "{ask}: 참일까요?  예, 아니요, 또는 에러"),
    "ask-line": (
        "Which line raises?  Its number, or: none",
        "몇 번째 줄에서 에러가 날까요?  줄 번호 또는 없음",
    ),
    "ask-warns": (
        "Which warning does it give?  Its class, or: no",
        "어떤 경고가 나올까요?  경고 클래스 또는 no",
    ),
    "ask-or-raises": ("Your answer, or: raises", "답 또는 에러"),
    "ask-which": ("Numbers, as in: 1 3   or: none", "번호를 1 3처럼 적으세요. 없으면: 없음"),
    "ask-fill": ("What goes into the blank?", "빈칸에 들어갈 코드는?"),
    "ask-expression": ("One expression.", "표현식 하나를 적으세요."),
    "ask-statements": (
        "Statements; an empty line ends a block.",
        "문장을 적으세요. 블록은 빈 줄로 끝냅니다.",
    ),
    "ask-function": (
        "The body of {signature}, or the whole def; an empty line ends a block.",
        "{signature}의 본문 또는 def 전체를 적으세요. 블록은 빈 줄로 끝냅니다.",
    ),
    "ask-choice": ("The letter of your choice.", "고른 보기의 글자를 적으세요."),
    "must": ("compared: {facets}", "비교 기준: {facets}"),
    "must-contiguous": ("contiguous or not", "contiguous 여부"),
    "must-memory": ("shared memory", "메모리 공유"),
    "must-grad": ("gradients", "grad 값"),
    "must-changed": ("what the given tensors hold afterwards", "실행한 뒤 주어진 텐서의 값"),
    "forbid": ("not to be called: {names}", "쓸 수 없는 함수: {names}"),
    "only": ("to be called only: {names}", "쓸 수 있는 함수: {names}"),
    "worked-example": ("Before you start: {title}", "시작하기 전에: {title}"),
    # what is typed
    "cannot-read": ("I could not read that as {kind}.", "{kind} 읽을 수 없습니다."),
    "kind-shape": ("a shape", "shape로"),
    "kind-int": ("an integer", "정수로"),
    "kind-line": ("a line number", "줄 번호로"),
    "kind-float": ("a number", "숫자로"),
    "kind-bool": ("yes or no", "예/아니요로"),
    "kind-dtype": ("a dtype", "dtype으로"),
    "kind-tensor": ("tensor values", "텐서 값으로"),
    "kind-tuple": ("a tuple", "튜플로"),
    "kind-text": ("a word", "단어로"),
    "kind-picks": ("a choice", "번호로"),
    "kind-picks-range": ("a choice", "번호로"),
    "kind-expression": ("an expression", "표현식으로"),
    "kind-statements": ("Python statements", "파이썬 문장으로"),
    "kind-function": ("a function", "함수로"),
    "kind-filling": ("a filling for the blank", "빈칸에 들어갈 코드로"),
    "kind-empty-code": ("code", "코드로"),
    "kind-too-long": ("an answer", "답으로"),
    "kind-no-answer-line": ("an answer", "답으로"),
    "kind-two-cells": ("an answer", "답으로"),
    "kind-typo": ("working code", "실행할 수 있는 코드로"),
    "example-shape": (
        "A shape looks like 2,3 or (2, 3); () is a scalar; or: raises",
        "shape는 2,3 또는 (2, 3)처럼 적습니다. 스칼라는 (), 에러가 나면 에러라고 적으세요.",
    ),
    "example-int": (
        "An integer looks like 6 or -1; or: raises",
        "정수는 6이나 -1처럼 적습니다. 에러가 나면: 에러",
    ),
    "example-line": ("A line number looks like 2; or: none", "줄 번호는 2처럼 적습니다. 없으면: 없음"),
    "example-float": (
        "A number looks like 0.333 or 2; or: raises",
        "숫자는 0.333이나 2처럼 적습니다. 에러가 나면: 에러",
    ),
    "example-bool": ("Answer yes or no; or: raises", "예 또는 아니요로 답하세요. 에러가 나면: 에러"),
    "example-dtype": (
        "A dtype looks like float32 or torch.int64; or: raises",
        "dtype은 float32나 torch.int64처럼 적습니다. 에러가 나면: 에러",
    ),
    "example-tensor": (
        "Values look like [[0, 1], [2, 3]], one number for a scalar; or: raises",
        "값은 [[0, 1], [2, 3]]처럼 적습니다. 스칼라는 숫자 하나, 에러가 나면: 에러",
    ),
    "example-tuple": (
        "A tuple looks like 3, 1 or (3, 1); or: raises",
        "튜플은 3, 1 또는 (3, 1)처럼 적습니다. 에러가 나면: 에러",
    ),
    "example-text": (
        "Answer with one word or name, without quotes; or: raises",
        "따옴표 없이 단어나 이름 하나를 적으세요. 에러가 나면: 에러",
    ),
    "example-picks": (
        "Type the numbers that you pick, as 1 3; or: none",
        "고른 번호를 1 3처럼 적으세요. 없으면: 없음",
    ),
    "example-picks-range": (
        "The numbers go from 1 to {detail}; or: none",
        "번호는 1부터 {detail}까지입니다. 없으면: 없음",
    ),
    "example-expression": (
        "An expression looks like x.t() or x[0] + 1",
        "표현식은 x.t()나 x[0] + 1처럼 적습니다.",
    ),
    "example-statements": ("Statements look like y = x.t()", "문장은 y = x.t()처럼 적습니다."),
    "example-function": ("A body looks like return a + b", "본문은 return a + b처럼 적습니다."),
    "example-filling": (
        "A filling is code that can stand where the blank is, on one line",
        "빈칸 자리에 그대로 들어갈 코드를 한 줄로 적으세요.",
    ),
    "example-empty-code": ("Write some code, or :s to skip", "코드를 적거나 :s로 건너뛰세요."),
    "example-too-long": (
        "It is longer than any answer needs to be; please shorten it",
        "답이 너무 깁니다. 줄여서 적어 주세요.",
    ),
    "example-typo": (
        "It looks like a slip; nothing is counted, try again",
        "오타인 것 같습니다. 채점하지 않았으니 다시 적어 보세요.",
    ),
    "example-no-answer-line": (
        "The cell has lost the place for the answer: put back `answer = …`, `# answer:` or the def",
        "셀에서 답을 적는 자리가 사라졌습니다. `answer = …`, `# answer:` 또는 def 줄을 되살려 주세요.",
    ),
    "example-two-cells": (
        "Two cells answer this question; keep one of them",
        "이 문제의 셀이 두 개입니다. 하나만 남겨 주세요.",
    ),
    "python-says": ("Python says: {detail}", "파이썬 메시지: {detail}"),
    # a verdict
    "right": ("Right.", "맞습니다."),
    "right-is": ("Right: {expected}", "맞습니다: {expected}"),
    "not-quite": ("Not quite.", "아쉽지만 틀렸습니다."),
    "it-is": ("It is {expected}", "답은 {expected}"),
    "it-raises": ("It raises {name}.", "{name} 에러가 납니다."),
    "a-solution": ("A solution: {expected}", "정답 예: {expected}"),
    "you-said": ("you said {answer}", "내 답: {answer}"),
    "skipped": ("skipped", "건너뜀"),
    "try-again": ("One more try; the first answer counts.", "한 번 더 해 보세요. 점수는 첫 답으로 매깁니다."),
    "guess": ("Marked as a guess.", "자신 없는 답으로 표시했습니다."),
    "guess-returns": (
        "Marked as a guess: it will come back.",
        "자신 없는 답으로 표시했습니다. 다시 나옵니다.",
    ),
    "printed": ("Your code printed:", "코드가 출력한 내용:"),
    "your-code-raises": ("Your code raises {name}: {message}", "코드에서 {name} 에러가 났습니다: {message}"),
    "your-code-timeout": (
        "Your code did not end in time, so it was stopped.",
        "코드가 제시간에 끝나지 않아 중단했습니다.",
    ),
    "your-code-crashed": (
        "Your code ended the process that ran it.",
        "코드가 실행 중이던 프로세스를 끝냈습니다.",
    ),
    "facet-expected": ("expected {expected}", "기대 {expected}"),
    "facet-got": ("got {got}", "실제 {got}"),
    "facet-on": ("with {on}", "{on}일 때"),
    "facet-outcome": ("outcome", "결과"),
    "facet-type": ("type", "타입"),
    "facet-length": ("length", "길이"),
    "facet-shape": ("shape", "shape"),
    "facet-dtype": ("dtype", "dtype"),
    "facet-values": ("values", "값"),
    "facet-value": ("value", "값"),
    "facet-stride": ("stride", "stride"),
    "facet-contiguous": ("contiguous", "contiguous"),
    "facet-memory": ("memory", "메모리"),
    "facet-changed": ("changed", "변경"),
    "facet-grad": ("grad", "grad"),
    "facet-calls": ("calls", "호출"),
    "facet-picks": ("picks", "고른 번호"),
    # the answer line
    "hint-of": ("Hint {number} of {of}", "힌트 {number} / {of}"),
    "no-more-hints": ("There is no hint left for this question.", "이 문제의 힌트는 더 없습니다."),
    "no-hints": ("This question has no hints.", "이 문제에는 힌트가 없습니다."),
    "next": ("next ›", "다음 ›"),
    "nothing-to-undo": ("There is no answer to take back.", "되돌릴 답이 없습니다."),
    "undone": ("Taken back. Here is the question again.", "답을 취소했습니다. 다시 풀어 보세요."),
    "commands": (
        "?  hint     :s  skip     :u  undo     :e  editor     :q  stop     2,3?  guess     :?  help",
        "?  힌트     :s  건너뛰기     :u  되돌리기     :e  편집기     :q  끝내기     2,3?  자신 없음     :?  도움말",
    ),
    "unknown-command": ("There is no command {command}.", "{command} 명령은 없습니다."),
    "help-hint": (":? shows what can be typed here.", ":?를 치면 쓸 수 있는 명령이 나옵니다."),
    "waiting": (
        "torch is still starting; your answer is kept …",
        "torch를 불러오는 중입니다. 답은 저장해 두었습니다 …",
    ),
    "starting": ("torch is still starting …", "torch를 불러오는 중입니다 …"),
    "no-editor": (
        "The editor could not be used: {problem}. Type the answer here.",
        "편집기를 쓸 수 없습니다: {problem}. 여기에 답을 적어 주세요.",
    ),
    "nothing-holds": (
        "Nothing on this machine confines the programs of a bank; use banks that you trust.",
        "이 컴퓨터에는 문제 속 프로그램을 격리할 방법이 없습니다. 믿을 수 있는 문제만 쓰세요.",
    ),
    "commands-after": (
        "⏎  next     :x  explain     :c  compare     :u  undo     :q  stop",
        "⏎  다음     :x  설명     :c  비교     :u  되돌리기     :q  끝내기",
    ),
    "nothing-to-compare": (
        "This answer is no code, so there is nothing to compare; :x explains.",
        "코드로 답한 문제가 아니라서 비교할 것이 없습니다. :x로 설명을 보세요.",
    ),
    "left-out": ("Left out: {problem}", "제외한 문제: {problem}"),
    # the end
    "score": ("{correct} of {asked}", "{asked}문제 중 {correct}개 정답"),
    "score-skipped": (", {skipped} skipped", ", {skipped}개 건너뜀"),
    "score-unsure": (", {unsure} of them guessed", ", 그중 {unsure}개는 자신 없는 답"),
    "topic-score": ("{correct} of {asked}", "{correct}/{asked}"),
    "ideas-met": ("Met today:", "오늘 만난 오해:"),
    "replay": ("The same round again:", "같은 문제 다시 풀기:"),
    "go-on": ("Next:", "다음:"),
    "no-answers": ("No question was answered.", "답한 문제가 없습니다."),
    # an explanation
    "explain-no-error": (
        "{path} ran to its end: {count} steps, nothing failed. --steps shows them.",
        "{path} 파일이 끝까지 실행되었습니다. 단계 {count}개, 에러 없음. --steps로 볼 수 있습니다.",
    ),
    "explain-stride": ("stride {stride}", "stride {stride}"),
    "explain-offset": ("offset {offset}", "offset {offset}"),
    "explain-new": ("new memory", "새 메모리"),
    "explain-same": ("the same tensor as {of}", "같은 텐서: {of}"),
    "explain-view": ("view of {of}", "{of}의 view"),
    "explain-copy": ("copy of {of}", "{of}의 복사본"),
    "explain-not-contiguous": ("not contiguous", "contiguous 아님"),
    "explain-changed": ("changes {names}", "값이 바뀐 텐서: {names}"),
    "explain-more": ("… and {count} more steps", "… 외 {count}단계 더"),
    "explain-printed": ("It printed:", "출력:"),
    "explain-timeout": (
        "It did not end in time, so it was stopped.",
        "제시간에 끝나지 않아 중단했습니다.",
    ),
    "explain-crashed": ("It ended the process that ran it.", "실행하던 프로세스를 끝내 버렸습니다."),
    "explain-no-steps": ("No step gave a tensor.", "텐서를 만든 단계가 없습니다."),
    "explain-failed": ("line {line}", "{line}번째 줄"),
    "strip-memory": ("memory", "메모리"),
    "strip-order": ("order", "순서"),
    "strip-empty": ("no element: no cell is read", "원소가 없어서 읽는 칸도 없습니다"),
    "strip-repeated": (
        "each cell is read {times} times: writing one element changes {times}",
        "칸마다 {times}번씩 읽습니다. 원소 하나에 쓰면 {times}개가 바뀝니다",
    ),
    "strip-overlapping": (
        "elements overlap: some cells are read more than once",
        "원소가 겹칩니다. 여러 번 읽는 칸이 있습니다",
    ),
    "align-stretch": ("{names}: 1 stretches to {size}", "{names}: 1 → {size} (늘어남)"),
    "align-added": (
        "{names}: no dim here, used for each of the {size}",
        "{names}: 차원이 없어 {size}개 모두에 씁니다",
    ),
    "align-promoted": (
        "{names}: 1-D, so a 1 is added and removed again",
        "{names}: 1차원이라 1을 붙였다가 다시 뗍니다",
    ),
    "align-contract": ("{size} = {size}, contracted", "{size} = {size}: 곱해서 더하면 없어지는 차원"),
    "align-gone": ("reduced: this dim goes", "연산 후 없어지는 차원"),
    "align-kept": ("reduced, kept as 1", "연산 후 1로 남는 차원"),
    "align-joined": ("{sizes}: this dim adds up", "{sizes}: 이어 붙이는 차원"),
    "align-new": ("new dim, one for each of the {count}", "새 차원: 텐서 {count}개"),
    "align-clash": (
        "{left} against {right}: dims align from the right, and neither is 1",
        "{left} ≠ {right}: 오른쪽부터 맞추는데 둘 다 1이 아닙니다",
    ),
    "align-inner": (
        "{left} against {right}: these two have to be equal",
        "{left} ≠ {right}: 두 크기가 같아야 합니다",
    ),
    "align-cat-clash": (
        "{sizes}: only the dim that is joined may differ",
        "{sizes}: 이어 붙이는 차원만 달라도 됩니다",
    ),
    "align-stack-clash": ("{sizes}: all shapes have to be equal", "{sizes}: shape가 모두 같아야 합니다"),
    "align-cannot": ("{size}: only a 1 can stretch", "{size}: 1만 늘릴 수 있습니다"),
    "align-cannot-grow": ("{name} would have to grow here", "{name}: 여기서 커져야 합니다"),
    "align-in-place": (
        "{name} is written in place, so it keeps its shape and can't stretch",
        "{name}: 제자리(in-place) 연산이라 shape를 바꿀 수 없습니다",
    ),
    "align-expand-dims": (
        "{name} has {have} dims; the new shape names only {want}",
        "{name}: {have}차원인데 새 shape에는 {want}개만 있습니다",
    ),
    "align-no-dim": ("dims {dims}: {name} has {have} dims", "dim {dims}: {name}의 차원은 {have}개입니다"),
    "align-cat-dims": (
        "all need the same number of dims, at least one, and a dim {dim}",
        "모두 차원 수가 같고(1차원 이상) {dim}번 차원이 있어야 합니다",
    ),
    "align-stack-dims": (
        "all need the same shape, and room for a dim {dim}",
        "shape가 모두 같고 {dim}번 차원을 넣을 자리가 있어야 합니다",
    ),
    "align-scalar": (
        "{name} has no dims; a product needs at least one",
        "{name}: 0차원이라 곱할 수 없습니다",
    ),
    "align-rank": (
        "{name} is {have}-D; {function} takes {want}-D there",
        "{name}: {have}차원. {function}에는 {want}차원이 필요합니다",
    ),
    "align-matmul-would": (
        "matmul would take these: what is left of │ is its batch",
        "matmul이라면 됩니다. │ 왼쪽을 배치로 봅니다",
    ),
    "align-bmm": (
        "bmm does not broadcast: both batches need one size",
        "bmm은 broadcast하지 않아 배치 크기가 같아야 합니다",
    ),
    "align-addmm": (
        "{name}, {have}, can't stretch to {want}",
        "{name}: {have}에서 {want}까지 늘릴 수 없습니다",
    ),
    "merge-dims": ("dims {outer}, {inner}", "{outer}번, {inner}번 차원"),
    "merge-can": ("can merge", "합칠 수 있음"),
    "merge-cannot": ("can't merge", "합칠 수 없음"),
    "merge-free": (
        "size 1 (dim {dims}): its stride does not matter",
        "크기 1({dims}번 차원): stride는 상관없음",
    ),
    "merge-fits": (
        "{target} needs no other merge: a view will do",
        "{target}: 더 합칠 필요가 없어 view로 충분합니다",
    ),
    "merge-blocked": (
        "The {size} of {target} needs dims {outer} and {inner} merged: view refuses, reshape copies.",
        "{target}의 {size}에는 {outer}번과 {inner}번 차원을 합쳐야 합니다. view는 거부하고 reshape은 복사합니다.",
    ),
    "corners": ("{shape} = {numel} elements, too many to draw", "{shape} = {numel}개라 전부 그리지 않습니다"),
    "explain-title": ("What torch did, step by step", "torch가 한 일, 한 단계씩"),
    "explain-picture": ("picture", "그림"),
    "strip-spoken": (
        "In order, the tensor reads cells {cells} of its memory, which hold {texts}",
        "텐서는 메모리의 {cells}번 칸을 차례로 읽으며 그 값은 {texts}입니다",
    ),
    "compare-yours": ("your program", "내 프로그램"),
    "compare-reference": ("a solution", "정답 예"),
    "compare-same": ("Both have the same steps.", "두 프로그램의 단계가 같습니다."),
    "compare-mark": ("≠ is the first step that differs.", "≠ 표시는 처음으로 달라진 단계입니다."),
    "explain-lines": (
        "Type a line; each tensor that it makes is explained. :q or ^D ends.",
        "코드를 한 줄씩 입력하면 만들어지는 텐서를 설명합니다. 끝내려면 :q 또는 ^D를 누르세요.",
    ),
    "feedback-picture": ("What {expression} did", "{expression}가 한 일"),
    # a check
    "checked-incorrect": ("not right yet", "틀렸습니다"),
    "checked-unreadable": ("could not be read", "읽을 수 없습니다"),
    "checked-unanswered": ("not answered", "아직 답하지 않았습니다"),
    "checked-later": ("checked after you hand it in", "제출한 뒤에 채점합니다"),
    "checked-total": ("{points} of {of} points", "{of}점 만점에 {points}점"),
    "checked-more": (
        "and {points} more after you hand it in",
        "제출한 뒤에 채점하는 {points}점이 더 있습니다",
    ),
    "checked-no-cell": (
        "Its cell is missing: put back the line `# {question}@SEED` above the answer.",
        "셀을 찾을 수 없습니다. 답 위에 `# {question}@SEED` 줄을 되살려 주세요.",
    ),
    "check-no-bank": (
        "{path}: the questions' file is missing; put it beside the hand-out, or name it with `--bank`",
        "{path}: 문제 파일이 없습니다. 과제 파일과 같은 폴더에 두거나 `--bank`로 지정하세요.",
    ),
    "check-none-beside": (
        "{file}: there is no questions' file (`*{suffix}`) beside it; name it with `--bank`",
        "{file}: 같은 폴더에 문제 파일(`*{suffix}`)이 없습니다. `--bank`로 지정하세요.",
    ),
    "check-several-beside": (
        "{file}: there are several questions' files (`*{suffix}`) beside it; name it with `--bank`",
        "{file}: 같은 폴더에 문제 파일(`*{suffix}`)이 여러 개 있습니다. `--bank`로 하나를 지정하세요.",
    ),
    "checked-watching": (
        "Checked at {time}; waiting for the next save (^C ends)",
        "{time} 채점 완료. 저장하면 다시 채점합니다(^C로 끝내기)",
    ),
    # a submission
    "slip": (
        "The code did not run, which looks like a slip: {detail}",
        "코드가 실행되지 않았습니다. 오타로 보입니다: {detail}",
    ),
    "note-no-header": (
        "The file has no header; its name tells whose it is.",
        "파일에 머리글이 없어 파일 이름으로 학생을 찾았습니다.",
    ),
    "note-other-numbers": (
        "Another student's numbers are in {count} of {of} cells.",
        "셀 {of}개 중 {count}개에 다른 학생의 숫자가 들어 있습니다.",
    ),
    "note-not-graded": (
        "{source} was handed in but could not be graded; ask your teacher.",
        "{source} 파일을 제출했지만 채점하지 못했습니다. 선생님께 문의하세요.",
    ),
    # a hand-out
    "handout-intro": (
        "Write each answer in its cell; `...` means not answered yet. Every cell stands for itself: an answer "
        "may use what its own cell gives, torch, nn, F, np and math.",
        "각 셀에 답을 적으세요. `...`은 아직 답하지 않았다는 뜻입니다. 셀은 서로 독립적이라서 답에는 그 셀이 준 값과 "
        "torch, nn, F, np, math만 쓸 수 있습니다.",
    ),
    "handout-run": (
        "Run this file, or `tensordrill check {file}`, to see how you are doing. With a syntax error anywhere in it, "
        "Python runs none of the file; the command checks the rest all the same.",
        "이 파일이나 `tensordrill check {file}` 명령을 실행하면 채점 결과가 나옵니다. 문법 오류가 하나라도 있으면 Python은 "
        "파일 전체를 실행하지 못하지만, 이 명령은 나머지를 그대로 채점합니다.",
    ),
    "handout-run-notebook": (
        "Run all cells to see how you are doing; the last one checks what was run.",
        "셀을 모두 실행하면 채점 결과가 나옵니다. 마지막 셀이 실행된 셀을 채점합니다.",
    ),
    "handout-point": ("{points} point", "{points}점"),
    "handout-points": ("{points} points", "{points}점"),
    "handout-by-facet": ("points: {facets}", "배점: {facets}"),
    "handout-check": ("How am I doing?", "채점하기"),
    "handout-hidden": (
        "This one is checked only after you hand it in.",
        "이 문제는 제출한 뒤에만 채점됩니다.",
    ),
    "handout-example": ("It is called with values such as", "예를 들어 다음 값으로 호출합니다."),
    "handout-expression": ("`answer` is one expression.", "`answer`에는 표현식 하나를 적으세요."),
    "handout-statements": (
        "Write your lines below `# answer:`.",
        "`# answer:` 아래에 문장을 적으세요.",
    ),
    "handout-function": ("Complete the function.", "함수를 완성하세요."),
    "handout-fill": (
        "What goes in place of `____`?",
        "`____` 자리에 들어갈 코드는 무엇일까요?",
    ),
    "handout-fill-quoted": (
        "What goes in place of `____`? Write it in quotes.",
        "`____` 자리에 들어갈 코드는 무엇일까요? 따옴표 안에 적으세요.",
    ),
    "handout-which": (
        'Write the numbers that you pick, as `[1, 3]`, or `"none"`.',
        '고른 번호를 `[1, 3]`처럼 적으세요. 없으면 `"none"`을 적으세요.',
    ),
    "handout-predict": (
        'What is `{ask}` after these lines? Write a value, or `"raises"`.',
        '이 코드를 실행한 뒤 `{ask}`의 값은 무엇일까요? 값을 적거나 `"raises"`를 적으세요.',
    ),
    "handout-predict-task": (
        'Write a value, or `"raises"`.',
        '값을 적거나 `"raises"`를 적으세요.',
    ),
    "handout-predict-line": (
        'Which of these lines raises? Write its number, or `"none"`.',
        '몇 번째 줄에서 에러가 날까요? 줄 번호를 적으세요. 없으면 `"none"`을 적으세요.',
    ),
    "handout-predict-warns": (
        'Which warning does it give? Write its class in quotes, or `"no"`.',
        '어떤 경고가 나올까요? 경고 클래스를 따옴표 안에 적으세요. 없으면 `"no"`를 적으세요.',
    ),
    # feedback on class work
    "feedback-right": ("Right.", "맞습니다."),
    "feedback-partly": ("Partly right.", "일부만 맞습니다."),
    "feedback-wrong": ("Wrong.", "틀렸습니다."),
    "feedback-unreadable": (
        "This could not be read as an answer.",
        "답을 읽을 수 없어 채점하지 못했습니다.",
    ),
    "feedback-unanswered": ("Not answered.", "답하지 않았습니다."),
    "feedback-void": (
        "This question was dropped for everybody and does not count.",
        "전체 채점에서 제외한 문제라 점수에 들어가지 않습니다.",
    ),
    "feedback-override": (
        "These points were set by a person: {reason}",
        "채점자가 점수를 조정했습니다: {reason}",
    ),
    "feedback-hidden-error": (
        "Your code raises or does not end on a hidden input.",
        "비공개 입력에서 코드가 에러를 내거나 끝나지 않습니다.",
    ),
    "feedback-on-hidden": ("wrong on a hidden input", "비공개 입력에서 다름"),
    "feedback-by-facet": ("Points: {facets}", "항목별 점수: {facets}"),
    "feedback-points": ("{points} of {of} points", "{of}점 만점에 {points}점"),
    "feedback-points-short": ("{points} of {of}", "{points} / {of}"),
    "feedback-of": ("Feedback: {assignment}", "{assignment} 채점 결과"),
    "feedback-absent": ("Nothing was handed in.", "제출한 파일이 없습니다."),
    "feedback-refused": ("Handed in, but not graded.", "제출했지만 채점하지 못했습니다."),
    "feedback-your-answer": ("Your answer", "제출한 답"),
    "feedback-key": ("The answer", "정답"),
    "feedback-idea": ("Perhaps you thought: {title}", "이렇게 생각했을 수 있습니다: {title}"),
    "feedback-rule": ("The rule: {rule}", "규칙: {rule}"),
    "feedback-printed": ("Your code printed", "코드가 출력한 내용"),
    "feedback-checked-later": (
        "Not in the hand-out's own check.",
        "배포한 파일의 자체 점검에는 없던 문제입니다.",
    ),
    "feedback-questions": ("Questions", "문제 목록"),
    "feedback-notes": ("Notes on what was handed in", "제출물에 관한 참고 사항"),
    # what changed between two gradings
    "changed-grade": (
        "{student}: {old} of {old_of} → {new} of {new_of}",
        "{student}: {old}/{old_of} → {new}/{new_of}",
    ),
    "changed-points": ("{question}: {old} → {new}", "{question}: {old}점 → {new}점"),
    "changed-nothing": ("{question}: {points}, as before", "{question}: {points}점 그대로"),
    "changed-outcome": ("{old} → {new}", "{old} → {new}"),
    "changed-answer": ("another answer", "답이 달라짐"),
    "changed-file": ("another file was handed in", "다른 파일을 제출함"),
    "changed-handed-in": ("handed in since", "새로 제출함"),
    "changed-withdrawn": ("nothing is handed in any more", "제출물이 없어짐"),
    "changed-refused": ("what is handed in now could not be graded", "지금 제출물은 채점하지 못함"),
    "changed-seed": ("other numbers were drawn", "문제의 숫자가 달라짐"),
    "changed-worth": ("worth {new} instead of {old}", "배점 {old}점 → {new}점"),
    "changed-override-added": ("points set by a person: {reason}", "채점자가 점수를 조정함: {reason}"),
    "changed-override-removed": (
        "a person's points are taken back: {reason}",
        "점수 조정을 취소함: {reason}",
    ),
    "changed-override": ("a person's points were changed: {reason}", "점수 조정이 바뀜: {reason}"),
    "changed-voided": ("dropped for everybody", "전체 채점에서 제외됨"),
    "changed-unvoided": ("counts again", "다시 채점에 포함됨"),
    "changed-question-added": (
        "{question}: new, {points} of {of}",
        "{question}: 추가된 문제, {points}/{of}점",
    ),
    "changed-question-removed": (
        "{question}: no longer asked, was {points} of {of}",
        "{question}: 빠진 문제, 이전 {points}/{of}점",
    ),
    "changed-new": ("{student}: new, {points} of {of}", "{student}: 추가된 학생, {points}/{of}"),
    "changed-gone": (
        "{student}: no longer in the class, was {points} of {of}",
        "{student}: 명단에서 빠짐, 이전 {points}/{of}",
    ),
    "changed-bank": ("The questions in the bank have changed.", "문제 은행의 내용이 바뀌었습니다."),
    "changed-version": ("{name} {old} → {new}", "{name} {old} → {new}"),
    "changed-assignment": (
        "These are two assignments: {old} and {new}.",
        "서로 다른 과제입니다: {old}, {new}.",
    ),
    "outcome-correct": ("right", "정답"),
    "outcome-incorrect": ("wrong", "오답"),
    "outcome-unreadable": ("unreadable", "읽을 수 없음"),
    "outcome-unanswered": ("not answered", "답 없음"),
    # elsewhere
    "welcome-title": ("tensordrill — train your tensor handling", "tensordrill — 텐서 다루기 연습"),
    "welcome": (
        "Questions about shapes, strides and memory, with fresh numbers each time.\n"
        "The answer key is what torch really does when the program runs.",
        "shape, stride, 메모리에 관한 문제를 매번 새로운 숫자로 풉니다.\n정답은 torch를 실제로 실행한 결과입니다.",
    ),
    "welcome-quiz": ("ten questions over all topics", "전체 주제에서 열 문제"),
    "welcome-practice": ("one topic until you stop", "한 주제를 그만둘 때까지"),
    "welcome-topics": ("what there is to learn", "배울 수 있는 주제"),
    "welcome-help": ("everything else", "그 밖의 모든 것"),
    "not-recorded": (
        "{problem} This round goes on, but its answers are not kept.",
        "{problem} 문제는 계속 풀 수 있지만 답이 저장되지 않습니다.",
    ),
    "not-undone": (
        "{problem} The answer stays as it was recorded.",
        "{problem} 답은 저장된 그대로 남습니다.",
    ),
    "answers-lost": (
        "{problem} What could not be saved is lost.",
        "{problem} 저장하지 못한 답은 남지 않습니다.",
    ),
    "kept-for-later": (
        "{problem} The answer is kept and tried again with the next one.",
        "{problem} 답은 가지고 있다가 다음 답과 함께 다시 저장합니다.",
    ),
    "topics-next": (
        "tensordrill topics TOPIC lists its questions; tensordrill practice --topic TOPIC starts.",
        "tensordrill topics TOPIC은 문제 목록을, tensordrill practice --topic TOPIC은 연습을 시작합니다.",
    ),
    "questions": ("{count} questions", "{count}문제"),
    "level": ("level {level}", "난이도 {level}"),
    # the report of a class
    "report-title": ("{title}: class report", "{title}: 학급 보고서"),
    "report-kind": ("Class report", "학급 보고서"),
    "report-skip": ("Skip to the report", "본문으로 건너뛰기"),
    "report-contents": ("Contents", "차례"),
    "report-summary": (
        "{graded} of {students} students were graded. Half of them have {median}% or more of the {of} points.",
        "학생 {students}명 중 {graded}명을 채점했고, 그중 절반이 {of}점 만점의 {median}% 이상을 받았습니다.",
    ),
    "report-summary-no-points": (
        "{graded} of {students} students were graded. No question is worth any points.",
        "학생 {students}명 중 {graded}명을 채점했습니다. 배점이 있는 문제가 없습니다.",
    ),
    "report-summary-nobody": (
        "Nobody is graded yet. Students on the roster: {students}.",
        "아직 채점한 학생이 없습니다. 명단에 있는 학생은 {students}명입니다.",
    ),
    "report-graded": ("graded", "채점한 학생"),
    "report-median": ("median", "중앙값"),
    "report-mean": ("mean", "평균"),
    "report-middle": ("middle half", "가운데 절반"),
    "report-range": ("lowest and highest", "최저와 최고"),
    "report-deviation": ("standard deviation", "표준편차"),
    "report-alpha": ("reliability (Cronbach's α)", "신뢰도(크론바흐 α)"),
    "report-alpha-good": (
        "High: other questions of this kind would rank the class much the same.",
        "높음: 비슷한 다른 문제로 보아도 순위가 거의 같을 것입니다.",
    ),
    "report-alpha-fair": (
        "Fair: small differences mean little.",
        "보통: 작은 점수 차이는 큰 의미가 없습니다.",
    ),
    "report-alpha-low": (
        "Low: there are few questions, or they ask for different things.",
        "낮음: 문제가 적거나 서로 다른 것을 묻고 있습니다.",
    ),
    "report-error": (
        "A score may be off by about {error} percent points.",
        "점수에는 {error}%p 정도의 오차가 있습니다.",
    ),
    "report-undefined-nobody": ("nobody handed in", "제출한 학생이 없음"),
    "report-undefined-no-points": ("it is worth no points", "배점이 없음"),
    "report-undefined-one-question": ("it takes two questions", "문제가 둘 이상이어야 계산 가능"),
    "report-undefined-same-points": ("all have the same points", "모두 점수가 같음"),
    "report-undefined-same-rest": ("all have the same points elsewhere", "다른 문제의 점수가 모두 같음"),
    "report-scores": ("Scores", "점수 분포"),
    "report-score": ("score", "점수"),
    "report-number-of-students": ("students", "학생 수"),
    "report-chart": ("Students by score", "점수대별 학생 수"),
    "report-chart-text": ("Number of students in each tenth: {counts}.", "10% 구간별 학생 수: {counts}."),
    "report-chart-median": ("median {median}%", "중앙값 {median}%"),
    "report-percent-of-points": ("% of the points", "득점률(%)"),
    "report-as-table": ("The same as a table", "표로 보기"),
    "report-teach": ("What to teach next", "다음 시간에 다룰 내용"),
    "report-teach-how": (
        "Wrong ideas, those held by most first, each with the rule that replaces it.",
        "확인된 학생이 많은 오해부터, 바로잡는 규칙과 함께 보여 줍니다.",
    ),
    "report-idea": ("wrong idea", "오해"),
    "report-rule": ("the rule", "규칙"),
    "report-holding": ("hold it", "확인된 학생"),
    "report-meeting": ("met at least once", "한 번 이상 나타난 학생"),
    "report-held": ("students who hold it: {count}", "확인된 학생 {count}명"),
    "report-met": ("met at least once by: {count}", "한 번 이상 나타난 학생 {count}명"),
    "report-in-questions": ("in questions", "나타난 문제"),
    "report-rarer-ideas": ("Rarer ideas", "드문 오해"),
    "report-further-ideas": ("Rarer ideas ({count})", "드문 오해({count}개)"),
    "report-no-ideas": (
        "No answer matches a wrong idea that the bank knows.",
        "문제 은행에 있는 오해와 일치하는 답이 없습니다.",
    ),
    "report-questions": ("Questions", "문제"),
    "report-questions-how": (
        "How hard each question was, and whether it tells strong students from weak ones.",
        "문제마다 얼마나 어려웠는지, 잘하는 학생과 그렇지 않은 학생을 가려내는지 보여 줍니다.",
    ),
    "report-questions-caption": (
        "Questions, in percent of the students who were graded; most common mistakes with the number of students",
        "문제별 결과. 비율은 채점한 학생 기준이고, 흔한 실수 옆의 숫자는 학생 수입니다.",
    ),
    "report-small": (
        "Only {count} were graded: how well a question separates is mostly chance with so few.",
        "채점한 학생이 {count}명뿐이라 변별도는 대부분 우연에 좌우됩니다.",
    ),
    "report-number": ("No.", "번호"),
    "report-q": ("Q{number}", "{number}번"),
    "report-question": ("question", "문제"),
    "report-facility": ("facility", "득점률"),
    "report-discrimination": ("discrimination", "변별도"),
    "report-correct": ("right", "정답"),
    "report-incorrect": ("wrong", "오답"),
    "report-unreadable": ("unreadable", "읽을 수 없음"),
    "report-unanswered": ("left open", "무응답"),
    "report-mistakes": ("most common mistakes", "흔한 실수"),
    "report-differs": ("different {facet}", "{facet} 다름"),
    "report-separates-well": ("separates well", "잘 가려냄"),
    "report-separates-weakly": ("separates weakly", "약하게 가려냄"),
    "report-separates-hardly": ("hardly separates", "거의 가려내지 못함"),
    "report-separates-backwards": ("backwards: look at it", "거꾸로 가려냄: 문제 확인 필요"),
    "report-separates-unsure": ("too few students to tell", "학생이 적어 판단할 수 없음"),
    "report-void": ("Void, and part of no number here:", "무효 처리되어 집계에서 뺀 문제:"),
    "report-talk": ("Students to talk to", "이야기를 나눠 볼 학생"),
    "report-talk-how": (
        "Each reason is a reason to ask, not a verdict.",
        "여기 적힌 이유는 물어볼 만하다는 뜻이지 판정이 아닙니다.",
    ),
    "report-talk-caption": (
        "Students to talk to: most reasons first, those who handed in nothing last",
        "이야기를 나눠 볼 학생. 이유가 많은 순서이며 미제출은 끝에 있습니다.",
    ),
    "report-talk-absent": ("Handed in nothing.", "제출하지 않았습니다."),
    "report-talk-refused": (
        "Handed in, but not graded: the reason is in the list below.",
        "제출했지만 채점하지 못했습니다. 이유는 아래 목록에 있습니다.",
    ),
    "report-talk-below": (
        "Far below the class: {score}%, where half have {median}% or more.",
        "학급보다 많이 낮습니다: {score}%(학급 중앙값 {median}%).",
    ),
    "report-talk-unreadable": (
        "{count} of {of} answers could not be read: the trouble may be how to write them.",
        "답 {of}개 중 {count}개를 읽을 수 없었습니다. 답을 적는 방법을 모를 수 있습니다.",
    ),
    "report-talk-unanswered": (
        "{count} of {of} questions were left open.",
        "{of}문제 중 {count}문제에 답하지 않았습니다.",
    ),
    "report-talk-ideas": ("Holds these ideas: {ideas}.", "확인된 오해: {ideas}"),
    "report-talk-uneven": (
        "Wrong on questions nearly all got right ({wrong}), right on hard ones ({right}): look at it together.",
        "거의 모두 맞힌 문제({wrong})는 틀리고 어려운 문제({right})는 맞혔습니다. 함께 살펴보세요.",
    ),
    "report-nobody-to-talk-to": ("Nobody stands out.", "눈에 띄는 학생이 없습니다."),
    "report-students": ("All students", "전체 학생"),
    "report-students-caption": (
        "All students, ordered by id; points out of {of}, and the mark of each question",
        "전체 학생(id 순). {of}점 만점이며 문제별 채점 결과를 함께 보여 줍니다.",
    ),
    "report-legend": (
        "a number: points for a part of it · *: set by a person",
        "숫자: 부분 점수 · *: 사람이 정한 점수",
    ),
    "report-student": ("student", "학생"),
    "report-id": ("id", "id"),
    "report-points": ("points", "점수"),
    "report-why": ("why", "이유"),
    "report-absent": ("handed in nothing", "미제출"),
    "report-refused": ("handed in, but not graded", "제출했지만 채점 못 함"),
    "report-listed": ("Not graded", "채점하지 못한 제출물"),
    "report-listed-caption": ("Submissions that were not graded", "채점하지 못한 제출물과 이유"),
    "report-all-graded": ("Every submission was graded.", "모든 제출물을 채점했습니다."),
    "report-file": ("file", "파일"),
    "report-reason": ("reason", "이유"),
    "report-cut-students": (
        "This table shows the first {shown} of {total} students by id; all numbers above count everybody, "
        "and so do the exported tables.",
        "이 표에는 전체 {total}명 중 id 순으로 앞의 {shown}명만 있습니다. 위의 모든 수치는 전원 기준이며, "
        "내보낸 표에는 전원이 있습니다.",
    ),
    "report-cut-talk": (
        "These are the {shown} most urgent of {total}.",
        "전체 {total}명 중 먼저 살펴볼 {shown}명만 보여 줍니다.",
    ),
    "report-cut-listed": (
        "These are the first {shown} of {total}.",
        "전체 {total}개 중 앞의 {shown}개만 보여 줍니다.",
    ),
    "report-cut-overrides": (
        "These are the first {shown} of {total}.",
        "전체 {total}개 중 앞의 {shown}개만 보여 줍니다.",
    ),
    "report-how": ("How this was graded", "채점 방법"),
    "report-assignment": ("assignment", "과제"),
    "report-isolation": ("isolation", "격리 수준"),
    "report-variants": ("numbers in the questions", "문제의 숫자"),
    "report-variants-own": ("each student's own", "학생마다 다름"),
    "report-variants-shared": ("the same for all", "모두 같음"),
    "report-bank": ("bank", "문제 은행"),
    "report-bank-hash": ("bank hash", "문제 은행 해시"),
    "report-overrides": ("Points that a person set", "사람이 정한 점수"),
    "report-numbers": ("What the numbers mean", "수치 설명"),
    "report-means-who-counts": (
        "Students of whom nothing was graded are counted, but are part of no other number.",
        "채점한 제출물이 없는 학생은 인원수에만 들어가고 다른 수치에는 들어가지 않습니다.",
    ),
    "report-means-facility": (
        "Facility: mean points divided by the points there are. 100% means that everybody is right.",
        "득점률: 평균 점수를 배점으로 나눈 값입니다. 100%면 모두 맞힌 문제입니다.",
    ),
    "report-means-discrimination": (
        "Discrimination: the correlation of the points here with the points in all other questions. "
        "From 0.3 on a question separates well; below −0.1, weaker students do better than strong ones.",
        "변별도: 이 문제의 점수와 나머지 문제 점수 합의 상관계수입니다. 0.3 이상이면 잘 가려내는 문제이고, "
        "−0.1보다 작으면 못하는 학생이 오히려 더 잘 맞힌 문제입니다.",
    ),
    "report-means-ideas": (
        "An idea is met when an answer equals what the idea leads to. It is held after two questions, "
        "and never from yes-or-no answers alone.",
        "답이 그 오해에서 나오는 결과와 같으면 나타난 것으로 셉니다. 두 문제에서 나타나야 확인된 것으로 보며, "
        "예/아니요로 답한 문제만으로는 확인하지 않습니다.",
    ),
    "report-means-alpha": (
        "Reliability: how far the questions agree on who is strong; 1 at most.",
        "신뢰도: 문제들이 학생의 실력을 얼마나 일관되게 나타내는지를 보여 주며 최댓값은 1입니다.",
    ),
    "report-means-quartiles": (
        "The middle half lies between the quartiles; the standard deviation is that of the class as a whole.",
        "가운데 절반은 제1사분위수와 제3사분위수 사이이며, 표준편차는 학급 전체를 모집단으로 본 값입니다.",
    ),
    "report-means-talk": (
        "Far below: more than 1.5 standard deviations under the mean and 20 percent points under the median. "
        "Unreadable: two answers and a third of them. Left open: two questions and half of them. "
        "Nearly all right: facility of 85% or more; hard: 40% or less.",
        "많이 낮음: 평균보다 표준편차의 1.5배 넘게, 중앙값보다 20%p 이상 낮은 경우입니다. "
        "읽을 수 없음: 답이 둘 이상이면서 전체의 1/3 이상인 경우입니다. 무응답: 둘 이상이면서 절반 이상인 경우입니다. "
        "거의 모두 맞힌 문제는 득점률 85% 이상, 어려운 문제는 40% 이하입니다.",
    ),
    "report-sorted-up": ("Sorted, smallest first:", "오름차순 정렬:"),
    "report-sorted-down": ("Sorted, largest first:", "내림차순 정렬:"),
}
