"""Findings of `bank check` in the questions of a bank, and what to do about them, for those who write them.

Names that begin with `do-` are what to do, with `run-` and `refused-` what became of a program: the predicate of a
sentence about it in English, what comes of running it in Korean.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "finding", "finding-on-draws", "finding-advice", "checked", "checked-rejected", "checked-no-fault",
    "checked-faults", "checked-advice",
    "run-raises", "run-ask-raises", "run-timeout", "run-crashed", "refused-processes", "refused-network",
    "refused-files", "refused-input", "refused-module", "refused-device", "refused-memory", "refused-system", "do-without-processes",
    "do-write-data", "do-write-data-bytes", "do-without-module", "do-without-device", "do-smaller-tensors", "do-without-it",
    "found-no-draw", "found-no-draw-in-tries", "do-widen-draws", "do-every-seed", "do-mend-template", "nothing-drawn",
    "found-setup", "found-program", "found-uncomparable", "found-slow", "found-unstable", "found-rule-broken",
    "found-no-grad", "do-mend-setup", "do-mend-program", "do-plain-values", "do-keep-under", "do-fixed-data",
    "do-mend-rule", "do-requires-grad",
    "found-other-type", "found-many-numbers", "found-long-output", "found-untypable-key", "found-misjudged-key",
    "do-state-type", "do-fewer-numbers", "do-shorter-output", "do-typable",
    "found-test-value", "found-option-twice", "found-every-option", "found-no-option", "found-line-twice",
    "found-show-none", "found-show-only", "do-true-or-false", "do-change-option", "do-both-sorts", "do-differ",
    "do-always",
    "found-no-wrong", "found-wrong-program", "found-wrong-untypable", "found-wrong-is-right",
    "found-wrong-leaves-out", "found-wrong-unreadable", "found-wrong-passes", "found-wrong-alike",
    "found-wrong-idle", "found-wrong-python", "do-add-wrong", "do-mend-its-program", "do-mend-its-program-or-answer",
    "do-its-type", "do-limit-it", "do-add-distractor", "do-mend-its-code", "do-limit-or-add", "do-limit-one",
    "do-something",
    "found-decoy", "decoy-without", "decoy-with", "do-add-operands", "do-see-line", "do-see-distractor",
    "found-example", "found-no-topic", "found-circle", "do-mend-example", "do-name-topic", "do-order-topics",
    "found-no-function", "found-unused", "found-idea-unnamed", "found-id-is-idea", "found-id-shared",
    "found-misspelt", "do-near", "do-bare-name", "do-use-it", "do-name-idea", "do-say-idea", "do-one-idea",
    "found-hint-tells", "found-empty-text", "do-say-less", "do-write-it",
    "found-constant-answer", "found-constant-key", "found-twin", "the-shape-of-x", "do-ask-other",
    "do-draw-decides", "do-remove-twin",
    "found-missing", "found-few-wrong", "found-no-because", "found-no-title", "found-not-korean",
    "found-no-language", "do-add", "do-second-wrong", "do-add-it", "do-add-title", "do-translate",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # a line of the report
    "finding": ("{place}: {address}: {problem}; {remedy}", "{place}: {address}: {problem} {remedy}"),
    "finding-on-draws": (
        "{place}: {address}: {problem} (on {draws} draws); {remedy}",
        "{place}: {address}: (뽑은 값 {draws}가지에서) {problem} {remedy}",
    ),
    "finding-advice": ("advice: {finding}", "조언: {finding}"),
    "checked": (
        "{questions:question} ({enumerated} over all their draws), {draws:draw}{rejected}, {programs:program} in {seconds} s ({rate} a second): {faults}{advice}",
        "문제 {questions}개({enumerated}개는 가능한 값을 모두 시험), 뽑은 값 {draws}가지{rejected}, 프로그램 {programs}개를 {seconds}초에 실행(초당 {rate}개): {faults}{advice}",
    ),
    "checked-rejected": (", {share} of draws rejected", "(뽑은 값의 {share}는 제외)"),
    "checked-no-fault": ("no fault", "결함 없음"),
    "checked-faults": ("{count:fault}", "결함 {count}개"),
    "checked-advice": (", {count} advice", ", 조언 {count}개"),
    # what became of a program
    "run-raises": ("raises {error}: {reason}", "{error} 에러가 납니다({reason})."),
    "run-ask-raises": (
        "runs, but its `ask` raises {error}: {reason}",
        "끝까지 돌지만 `ask`에서 {error} 에러가 납니다({reason}).",
    ),
    "run-timeout": ("ran out of time", "제시간에 끝나지 않습니다."),
    "run-crashed": ("crashed", "비정상 종료됩니다."),
    "refused-processes": (
        "raises {raised}: the sandbox lets programs start no processes or threads, though torch alone would",
        "에러가 납니다({raised}). torch만으로는 되지만, 샌드박스 안에서는 프로세스나 스레드를 시작할 수 없습니다.",
    ),
    "refused-network": (
        "raises {raised}: the sandbox lets programs use no network, though torch alone would",
        "에러가 납니다({raised}). torch만으로는 되지만, 샌드박스 안에서는 네트워크를 쓸 수 없습니다.",
    ),
    "refused-files": (
        "raises {raised}: the sandbox lets programs write no files, and read only Python's and torch's",
        "에러가 납니다({raised}). 샌드박스 안에서는 파일을 쓸 수 없고, Python과 torch의 파일만 읽을 수 있습니다.",
    ),
    "refused-input": (
        "raises {raised}: the sandbox gives programs no input to read",
        "에러가 납니다({raised}). 샌드박스 안에서는 입력을 받을 수 없습니다.",
    ),
    "refused-module": (
        "raises {raised}: the sandbox has no modules but Python's own, torch and what torch needs",
        "에러가 납니다({raised}). 샌드박스에는 Python 기본 모듈과 torch, 그리고 torch에 필요한 모듈만 있습니다.",
    ),
    "refused-device": (
        "raises {raised}: the sandbox lets programs reach no GPU",
        "에러가 납니다({raised}). 샌드박스 안에서는 GPU를 쓸 수 없습니다.",
    ),
    "refused-memory": (
        "needs more memory than the sandbox gives it",
        "샌드박스에서 쓸 수 있는 메모리를 넘습니다.",
    ),
    "refused-system": (
        "raises {raised}: the sandbox does not let programs do this to the system",
        "에러가 납니다({raised}). 샌드박스 안에서는 시스템에 이런 일을 할 수 없습니다.",
    ),
    "do-without-processes": (
        "leave them out, as `num_workers=0` does",
        "`num_workers=0`처럼 프로세스나 스레드 없이 실행하세요.",
    ),
    "do-write-data": ("write the data into the program", "데이터를 프로그램에 직접 적으세요."),
    "do-write-data-bytes": (
        "write the data into the program; `torch.save` and `torch.load` take an `io.BytesIO()`",
        "데이터를 프로그램에 직접 적으세요. `torch.save`와 `torch.load`에는 `io.BytesIO()`를 넘길 수 있습니다.",
    ),
    "do-without-module": ("leave the module out", "그 모듈을 빼세요."),
    "do-without-device": ("keep the tensors on the CPU", "텐서를 CPU에 두세요."),
    "do-smaller-tensors": ("take smaller tensors", "더 작은 텐서를 쓰세요."),
    "do-without-it": ("leave it out", "그 부분을 빼세요."),
    # draws and templates
    "found-no-draw": ("no draw satisfies `where`", "`where`를 만족하는 값이 없습니다."),
    "found-no-draw-in-tries": (
        "no draw satisfies `where` in {tries} tries",
        "{tries}번을 뽑아도 `where`를 만족하는 값이 나오지 않습니다.",
    ),
    "do-widen-draws": (
        "widen the draws or loosen `where`",
        "`draw`의 범위를 넓히거나 `where`를 느슨하게 하세요.",
    ),
    "do-every-seed": (
        "mend it, so that every seed makes a question",
        "어떤 시드를 써도 문제가 만들어지게 고치세요.",
    ),
    "do-mend-template": ("mend the template", "템플릿을 고치세요."),
    "nothing-drawn": ("nothing is drawn", "뽑는 값 없음"),
    # the question's own program
    "found-setup": ("its `setup` {run}", "`setup`을 실행하면 {run}"),
    "found-program": ("the question's own program {run}", "문제의 프로그램을 실행하면 {run}"),
    "found-uncomparable": (
        "the result is `{value}`, which cannot be compared",
        "결과가 `{value}`인데, 이런 값은 비교할 수 없습니다.",
    ),
    "found-slow": ("the program takes {seconds} s", "프로그램을 실행하는 데 {seconds}초가 걸립니다."),
    "found-unstable": (
        "the program gives another result when it is run again",
        "프로그램을 다시 실행하면 결과가 달라집니다.",
    ),
    "found-rule-broken": (
        "the solution breaks its own rule: {rule}, but it {called}",
        "모범 답안이 스스로 규칙을 어깁니다(규칙: {rule}, 실제: {called}).",
    ),
    "found-no-grad": (
        "`must` has `grad`, but no given tensor requires grad",
        "`must`에 `grad`가 있는데, 주어진 텐서 가운데 `requires_grad=True`인 것이 없습니다.",
    ),
    "do-mend-setup": ("mend the setup", "`setup`을 고치세요."),
    "do-mend-program": ("mend the program", "프로그램을 고치세요."),
    "do-plain-values": (
        "let it give plain values or small dense tensors",
        "평범한 값이나 작은 dense 텐서가 나오게 하세요.",
    ),
    "do-keep-under": ("keep it under {seconds} s", "{seconds}초를 넘지 않게 하세요."),
    "do-fixed-data": (
        "use fixed data; no random or uninitialised memory",
        "고정된 데이터를 쓰세요. 난수나 초기화하지 않은 메모리를 쓰면 안 됩니다.",
    ),
    "do-mend-rule": (
        "mend `forbid`, `only` or the solution",
        "`forbid`나 `only`, 또는 모범 답안을 고치세요.",
    ),
    "do-requires-grad": (
        "give one `requires_grad=True`",
        "주어진 텐서 하나에 `requires_grad=True`를 적으세요.",
    ),
    # the key, as it is typed
    "found-other-type": (
        "the answer should be of type `{type}`, but is `{value}`",
        "답은 `{type}` 타입이어야 하는데 `{value}`입니다.",
    ),
    "found-many-numbers": ("the answer has {count} numbers", "답에 수가 {count}개나 들어 있습니다."),
    "found-long-output": (
        "the program prints {lines} lines of {characters} characters in all",
        "프로그램이 모두 {lines}줄, {characters}자를 출력합니다.",
    ),
    "found-untypable-key": (
        "the key `{key}` cannot be typed as an answer",
        "정답이 `{key}`인데, 이런 값은 답으로 입력할 수 없습니다.",
    ),
    "found-misjudged-key": (
        "the key `{key}` is judged wrong when it is typed",
        "정답이 `{key}`인데, 그대로 입력하면 오답으로 채점됩니다.",
    ),
    "do-state-type": ("state the right `type:`", "`type:`에 맞는 타입을 적으세요."),
    "do-fewer-numbers": ("ask for {most} at most", "{most}개까지만 물으세요."),
    "do-shorter-output": (
        "let it print {lines} lines of {characters} characters at most",
        "{lines}줄, {characters}자까지만 출력하게 하세요.",
    ),
    "do-typable": ("ask for something that can be typed", "입력할 수 있는 값을 물으세요."),
    # options and lines
    "found-test-value": ("the test gives `{value}`", "`which`의 결과가 `{value}`입니다."),
    "found-option-twice": (
        "the option `{option}` is there twice ({drawn})",
        "`{option}` 보기와 같은 코드가 또 있습니다({drawn}).",
    ),
    "found-every-option": ("every option holds", "모든 보기가 조건에 맞습니다."),
    "found-no-option": ("no option holds", "조건에 맞는 보기가 없습니다."),
    "found-line-twice": ("two lines are the same: {line}", "같은 줄이 두 번 나옵니다: {line}."),
    "found-show-none": (
        "`show: {show}` may leave no option that holds ({drawn})",
        "`show: {show}`로 고르면 조건에 맞는 보기가 하나도 없을 수 있습니다({drawn}).",
    ),
    "found-show-only": (
        "`show: {show}` may leave only options that hold ({drawn})",
        "`show: {show}`로 고르면 조건에 맞는 보기만 남을 수 있습니다({drawn}).",
    ),
    "do-true-or-false": ("let it give True or False", "True나 False가 나오게 하세요."),
    "do-change-option": (
        "narrow the draws, or change one of them",
        "`draw`의 범위를 좁히거나 둘 중 하나를 바꾸세요.",
    ),
    "do-both-sorts": (
        "give options of both sorts on every draw",
        "어떤 값을 뽑아도 맞는 보기와 맞지 않는 보기가 모두 있게 하세요.",
    ),
    "do-differ": (
        "let them differ, or make one line of both",
        "서로 다르게 하거나 한 줄로 합치세요.",
    ),
    "do-always": (
        "name one of each side in `always`, or show more",
        "`always`에 맞는 보기와 맞지 않는 보기를 하나씩 적거나, 더 많이 보여 주세요.",
    ),
    # misconceptions
    "found-no-wrong": (
        "no misconception holds on this draw ({drawn})",
        "이 값에 해당하는 오해가 없습니다({drawn}).",
    ),
    "found-wrong-program": (
        "misconception `{name}`: its program {run}",
        "`{name}` 오해의 프로그램을 실행하면 {run}",
    ),
    "found-wrong-untypable": (
        "misconception `{name}` gives `{answer}`, which cannot be typed as an answer",
        "`{name}` 오해의 결과가 `{answer}`인데, 이런 값은 답으로 입력할 수 없습니다.",
    ),
    "found-wrong-is-right": (
        "misconception `{name}` gives `{answer}`, which is right here ({drawn})",
        "`{name}` 오해의 결과가 `{answer}`인데, 이 값에서는 정답입니다({drawn}).",
    ),
    "found-wrong-leaves-out": (
        "misconception `{name}` leaves a line out, which nobody can type without `distractors`",
        "`{name}` 오해는 줄 하나를 빼는데, `distractors`가 없으면 그런 답을 입력할 수 없습니다.",
    ),
    "found-wrong-unreadable": (
        "misconception `{name}`: its code cannot be read ({reason})",
        "`{name}` 오해의 코드를 읽을 수 없습니다({reason}).",
    ),
    "found-wrong-passes": (
        "misconception `{name}` passes on all operands ({drawn})",
        "`{name}` 오해의 코드가 모든 입력에서 정답으로 채점됩니다({drawn}).",
    ),
    "found-wrong-alike": (
        "misconception `{name}` cannot be told from `{other}` ({drawn})",
        "`{name}` 오해와 `{other}` 오해를 구별할 수 없습니다({drawn}).",
    ),
    "found-wrong-idle": (
        "misconception `{name}` does no more than {decoy}, which holds no idea",
        "`{name}` 오해가 하는 일은 {decoy}만 적은 것과 같아서, 오해라고 할 수 없습니다.",
    ),
    "found-wrong-python": (
        "misconception `{name}` raises {error} on every draw, which is Python's error, not torch's",
        "`{name}` 오해에서는 어떤 값을 뽑아도 {error} 에러가 나는데, 이는 torch가 아니라 Python의 에러입니다.",
    ),
    "do-add-wrong": (
        "add one, or narrow the draws",
        "오해를 추가하거나 `draw`의 범위를 좁히세요.",
    ),
    "do-mend-its-program": ("mend its program", "그 프로그램을 고치세요."),
    "do-mend-its-program-or-answer": (
        "mend its program, or say `answer: raises` if that is the belief",
        "그 프로그램을 고치거나, 에러가 난다고 믿는 오해라면 `answer: raises`라고 적으세요.",
    ),
    "do-its-type": (
        "let it give an answer of the question's type",
        "문제의 타입에 맞는 답이 나오게 하세요.",
    ),
    "do-limit-it": (
        "limit it with `when`, or narrow the draws",
        "`when`으로 제한하거나 `draw`의 범위를 좁히세요.",
    ),
    "do-add-distractor": (
        "add a distractor, or order all lines",
        "`distractors`에 줄을 추가하거나, 모든 줄을 늘어놓게 하세요.",
    ),
    "do-mend-its-code": ("mend its code", "그 코드를 고치세요."),
    "do-limit-or-add": (
        "limit it with `when`, add to `must` or to `also_on`",
        "`when`으로 제한하거나 `must` 또는 `also_on`에 더 적으세요.",
    ),
    "do-limit-one": (
        "limit one with `when`, or narrow the draws",
        "둘 중 하나를 `when`으로 제한하거나 `draw`의 범위를 좁히세요.",
    ),
    "do-something": (
        "let its code do something with torch",
        "그 코드가 torch로 무언가를 하게 하세요.",
    ),
    # lazy answers
    "found-decoy": ("the decoy {decoy} passes", "{decoy} 답이 정답으로 채점됩니다."),
    "decoy-without": ("without {line}", "{line} 줄을 뺀"),
    "decoy-with": ("with {line} in place {place}", "{line} 줄을 {place}번째 자리에 끼워 넣은"),
    "do-add-operands": (
        "add awkward operands to `also_on`, or to `must`",
        "`also_on`에 까다로운 입력을 추가하거나 `must`에 더 적으세요.",
    ),
    "do-see-line": (
        "let `ask` see what it does, add to `also_on`, or leave the line out",
        "그 줄이 하는 일을 `ask`가 드러내게 하거나, `also_on`에 더 적거나, 그 줄을 빼세요.",
    ),
    "do-see-distractor": (
        "let `ask` see what it does, add to `also_on`, or leave it out",
        "그 줄이 하는 일을 `ask`가 드러내게 하거나, `also_on`에 더 적거나, `distractors`에서 빼세요.",
    ),
    # what stands around questions
    "found-example": ("the worked example {run}", "예제를 실행하면 {run}"),
    "found-no-topic": (
        "there is no topic `{topic}` to build on",
        "먼저 배울 주제로 적은 `{topic}` 주제가 없습니다.",
    ),
    "found-circle": (
        "`{other}` builds on `{topic}` in turn",
        "`{other}` 주제도 `{topic}` 주제를 먼저 배워야 한다고 합니다.",
    ),
    "do-mend-example": ("mend `given` or `ask`", "`given`이나 `ask`를 고치세요."),
    "do-name-topic": ("name a topic of this bank{near}", "이 문제 은행에 있는 주제를 적으세요.{near}"),
    "do-order-topics": ("let one of the two come first", "둘 중 하나가 먼저 오게 하세요."),
    # names
    "found-no-function": ("torch has no function `{name}`", "torch에 `{name}` 함수가 없습니다."),
    "found-unused": (
        "nothing uses the parameter `{name}`",
        "`{name}` 매개변수를 쓰는 곳이 없습니다.",
    ),
    "found-idea-unnamed": ("the idea `{idea}` is not named", "`{idea}` 오해가 ideas.yaml에 없습니다."),
    "found-id-is-idea": (
        "the id `{id}` is the name of an idea",
        "`{id}` id는 ideas.yaml에 있는 오해의 이름입니다.",
    ),
    "found-id-shared": (
        "the id `{id}` is a misconception of `{question}` too",
        "`{question}` 문제에도 id가 `{id}`인 오해가 있습니다.",
    ),
    "found-misspelt": (
        "`{word}` is no name of torch: {error}: {reason}",
        "torch에 `{word}` 이름이 없습니다({error}: {reason}).",
    ),
    "do-near": ("did you mean `{near}`?", "혹시 `{near}`인가요?"),
    "do-bare-name": (
        "write the bare name of a function, such as `reshape`",
        "`reshape`처럼 함수 이름만 적으세요.",
    ),
    "do-use-it": ("use it, or remove it", "쓰거나 지우세요."),
    "do-name-idea": (
        "name it in ideas.yaml, or give the misconception an `id`",
        "ideas.yaml에 추가하거나, 그 이름을 오해의 `id`로 적으세요.",
    ),
    "do-say-idea": (
        "write `idea:` in place of `id:`, or another id",
        "`id:` 대신 `idea:`로 적거나 다른 id를 쓰세요.",
    ),
    "do-one-idea": (
        "name the idea in ideas.yaml if they are one, else give one of them another id",
        "같은 오해라면 ideas.yaml에 추가하고, 아니라면 둘 중 하나의 id를 바꾸세요.",
    ),
    # texts
    "found-hint-tells": ("a hint contains the answer `{answer}`", "힌트에 정답(`{answer}`)이 나옵니다."),
    "found-empty-text": ("the text says nothing", "글에 내용이 없습니다."),
    "do-say-less": ("say less", "답이 드러나지 않게 줄이세요."),
    "do-write-it": ("write it", "내용을 적으세요."),
    # a topic as a whole
    "found-constant-answer": (
        "the answer `{answer}` is right on {share} of the predict draws",
        "predict 문제에서 뽑은 값의 {share}에서 정답이 `{answer}`입니다.",
    ),
    "found-constant-key": (
        "the key is `{key}` on every draw that was tried",
        "뽑아 본 값마다 정답이 `{key}`입니다.",
    ),
    "found-twin": (
        "the question equals `{id}` but for names and numbers",
        "이름과 숫자를 빼면 `{id}` 문제와 똑같습니다.",
    ),
    "the-shape-of-x": ("the shape of x", "x의 shape"),
    "do-ask-other": (
        "ask for other things, or let the draw decide",
        "다른 것을 묻거나, 뽑은 값에 따라 답이 달라지게 하세요.",
    ),
    "do-draw-decides": (
        "let the draw decide, or say `constant: true`",
        "뽑은 값에 따라 정답이 달라지게 하거나, 일부러 그랬다면 `constant: true`라고 적으세요.",
    ),
    "do-remove-twin": (
        "remove one of them, or ask something else",
        "둘 중 하나를 지우거나 다른 것을 물으세요.",
    ),
    # advice
    "found-missing": ("there is no `{key}`", "`{key}` 항목이 없습니다."),
    "found-few-wrong": (
        "on the draws that were tried only {count} misconception holds",
        "뽑아 본 값을 모두 살펴도 해당하는 오해가 {count}개뿐입니다.",
    ),
    "found-no-because": ("misconception `{name}` says no `because`", "`{name}` 오해에 `because`가 없습니다."),
    "found-no-title": ("misconception `{name}` has no `title`", "`{name}` 오해에 `title`이 없습니다."),
    "found-not-korean": ("the Korean text is not in Korean", "`ko` 글이 한국어가 아닙니다."),
    "found-no-language": ("the text is not there in `{key}`", "`{key}` 글이 없습니다."),
    "do-add": ("add `{key}`", "`{key}`도 적으세요."),
    "do-second-wrong": ("add a second misconception", "오해를 두 개 이상 적으세요."),
    "do-add-it": ("add it", "`because`도 적으세요."),
    "do-add-title": (
        "add it: the wrong idea in a few words, for summaries and reports",
        "요약과 보고서에 쓰이니, 무엇을 잘못 알고 있는지 몇 단어로 적으세요.",
    ),
    "do-translate": ("translate it", "한국어로 옮기세요."),
}
