"""A round: the verdict, the answer line, the end; and what is said before and between rounds."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "it-prints", "a-right-order", "order-parts", "order-ends",
    "right", "right-is", "not-quite", "it-is", "it-raises", "a-solution", "you-said", "skipped",
    "try-again", "guess", "guess-returns", "printed", "your-code-raises", "your-code-timeout",
    "your-code-crashed", "your-code-raises-on", "your-code-timeout-on", "your-code-crashed-on", "operand-shown", "facet-expected", "facet-got", "facet-on", "hint-of", "no-more-hints",
    "no-hints", "next", "nothing-to-undo", "undone", "commands", "command-editor", "unknown-command", "help-hint",
    "waiting", "starting", "no-editor", "nothing-holds", "commands-after", "nothing-to-compare",
    "left-out", "score", "score-skipped", "score-unsure", "topic-score", "ideas-met", "replay", "go-on",
    "no-answers", "nothing-due", "nothing-due-yet", "welcome-title", "welcome", "welcome-practice", "welcome-topics",
    "welcome-help", "about-answers", "not-recorded", "not-undone", "answers-lost", "kept-for-later", "question-changed", "topics-next",
    "your-answer", "nobody-answers", "in-a-notebook", "no-widgets", "button-answer", "button-next", "button-hint", "button-skip",
    "button-explain", "button-compare", "button-stop",
    "questions", "level", "left-out-of-round",
    "picture-cut", "idea", "idea-met", "idea-right-since", "once", "twice", "times", "facet-as-shown", "on-other-operand", "on-other-draw",
    "picked", "picked-wrongly", "not-picked", "option-raises", "no-hints-in-exam", "commands-exam", "review-begins",
    "ideas-more", "explains", "compares", "more-commands", "uncompiled", "uncompiled-for-ever", "package-missing", "packages-missing", "module-missing", "count-of-kind",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    # a verdict
    "right": ("Right.", "맞습니다."),
    "right-is": ("Right: {expected}", "맞습니다: {expected}"),
    "not-quite": ("Not quite.", "아쉽지만 틀렸습니다."),
    "it-is": ("It is {expected}", "답은 {expected}"),
    "picked": ("✓ your pick", "✓ 고름"),
    "picked-wrongly": ("✗ your pick", "✗ 고름"),
    "not-picked": ("✗ not picked", "✗ 고르지 않음"),
    "option-raises": ("raises {name}", "{name} 에러"),
    "picture-cut": ("… there is more of it: :x shows the whole", "… 그림이 더 있습니다. 전체는 :x로 보세요."),
    "idea": ("Wrong idea:", "오해:"),
    "idea-met": ("met {times} before", "전에 {times} 만남"),
    "idea-right-since": (", right {times} since", ", 그 뒤 {times} 맞힘"),
    "once": ("once", "한 번"),
    "twice": ("twice", "두 번"),
    "times": ("{count} times", "{count}번"),
    "facet-as-shown": ("{facet} (as shown)", "{facet}(화면의 입력)"),
    "on-other-operand": (
        "Right as shown, but not with:",
        "화면의 입력에서는 맞지만 다음 입력에서는 틀립니다:",
    ),
    "on-other-draw": (
        "Right as shown, but not with other numbers:",
        "화면의 숫자로는 맞지만 다른 숫자로는 틀립니다:",
    ),
    "it-prints": ("It prints:", "출력:"),
    "it-raises": ("It raises {name}.", "{name} 에러가 납니다."),
    "a-solution": ("A solution: {expected}", "정답 예: {expected}"),
    "a-right-order": ("A right order: {expected}", "올바른 순서 예: {expected}"),
    "order-parts": ("It differs from place {place} on: {line}", "{place}번째 줄부터 다릅니다: {line}"),
    "order-ends": (
        "It ends after place {place}; more lines belong there.",
        "{place}번째 줄에서 끝났지만 줄이 더 있어야 합니다.",
    ),
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
    "your-code-raises-on": (
        "With {on}, your code raises {name}: {message}",
        "{on}일 때 코드에서 {name} 에러가 났습니다: {message}",
    ),
    "your-code-timeout-on": (
        "With {on}, your code did not end in time, so it was stopped.",
        "{on}일 때 코드가 제시간에 끝나지 않아 중단했습니다.",
    ),
    "your-code-crashed-on": (
        "With {on}, your code ended the process that ran it.",
        "{on}일 때 코드가 실행 중이던 프로세스를 끝냈습니다.",
    ),
    "operand-shown": ("the input shown", "문제에 나온 입력"),
    "facet-expected": ("expected {expected}", "기대값 {expected}"),
    "facet-got": ("got {got}", "실제값 {got}"),
    "facet-on": ("with {on}", "{on}일 때"),
    # the answer line
    "hint-of": ("Hint {number} of {of}", "힌트 {number} / {of}"),
    "no-more-hints": ("There is no hint left for this question.", "이 문제의 힌트는 더 없습니다."),
    "no-hints": ("This question has no hints.", "이 문제에는 힌트가 없습니다."),
    "next": ("next ›", "다음 ›"),
    "nothing-to-undo": ("There is no answer to take back.", "되돌릴 답이 없습니다."),
    "undone": ("Taken back. Here is the question again.", "답을 취소했습니다. 다시 풀어 보세요."),
    "commands": (
        "?  hint   :s  skip   :u  undo   :q  stop   2,3?  guess   :?  help",
        "?  힌트   :s  건너뛰기   :u  되돌리기   :q  종료   2,3?  자신 없음",
    ),
    "commands-exam": (
        ":s  skip   :u  undo   :q  stop   2,3?  guess   :?  help",
        ":s  건너뛰기   :u  되돌리기   :q  종료   2,3?  자신 없음",
    ),
    "command-editor": (":e  editor", ":e  편집기"),
    "no-hints-in-exam": ("An exam gives no hints.", "시험에는 힌트가 없습니다."),
    "review-begins": (
        "The exam is over. Each answer follows with its verdict; :q ends them.",
        "시험이 끝났습니다. 답과 채점 결과를 하나씩 보여 줍니다. 그만 보려면 :q를 치세요.",
    ),
    "explains": (":x explain", ":x 설명"),
    "compares": (":c compare", ":c 비교"),
    "more-commands": (":? more", ":? 더 보기"),
    "unknown-command": ("There is no command {command}.", "{command} 명령은 없습니다."),
    "help-hint": (":? shows what can be typed here.", ":?를 치면 쓸 수 있는 명령이 나옵니다."),
    "your-answer": ("Your answer", "답"),
    "nobody-answers": (
        "this notebook is run without anybody who could answer; open it and run the cell there",
        "이 노트북은 답할 사람 없이 실행되고 있습니다. 노트북을 열어 셀을 실행하세요.",
    ),
    "in-a-notebook": (
        "a notebook's `!` cannot take answers; run this in a cell: {call}",
        "노트북의 `!` 명령에서는 답을 적을 수 없습니다. 셀에서 이렇게 실행하세요: {call}",
    ),
    "no-widgets": (
        "The question is in a widget, which is not shown here. This asks on an input line: {call}",
        "문제는 위젯에 나오는데 여기서는 위젯을 표시할 수 없습니다. 입력 줄에서 풀려면 이렇게 실행하세요: {call}",
    ),
    "button-answer": ("Answer", "답하기"),
    "button-next": ("Next", "다음"),
    "button-hint": ("Hint", "힌트"),
    "button-skip": ("Skip", "건너뛰기"),
    "button-explain": ("Explain", "설명"),
    "button-compare": ("Compare", "비교"),
    "button-stop": ("Stop", "끝내기"),
    "waiting": (
        "torch is still starting; your answer is kept …",
        "torch를 불러오는 중입니다. 답은 저장해 두었습니다 …",
    ),
    "starting": ("torch is still starting …", "torch를 불러오는 중입니다 …"),
    "uncompiled": (
        "This torch has no bytecode, so each start compiles it again and takes twice as long. It is compiled in the "
        "background after your answer; later starts are quicker.",
        "이 torch에는 바이트코드가 없어 시작할 때마다 다시 컴파일하므로 두 배쯤 걸립니다. 답을 채점한 뒤 백그라운드에서 "
        "컴파일해 두므로 다음부터는 빨라집니다.",
    ),
    "uncompiled-for-ever": (
        "This torch has no bytecode, so each start compiles it again and takes twice as long; `{command}`, run by "
        "whoever may write there, compiles it once.",
        "이 torch에는 바이트코드가 없어 시작할 때마다 다시 컴파일하므로 두 배쯤 걸립니다. 쓰기 권한이 있다면 `{command}` "
        "명령으로 한 번만 컴파일해 두면 됩니다.",
    ),
    "no-editor": (
        "The editor could not be used: {problem}. Type the answer here.",
        "편집기를 쓸 수 없습니다: {problem}. 여기에 답을 적어 주세요.",
    ),
    "nothing-holds": (
        "Nothing on this machine confines the programs of this bank; use banks that you trust.",
        "이 컴퓨터에는 이 문제 은행의 프로그램을 격리할 방법이 없습니다. 믿을 수 있는 문제 은행만 쓰세요.",
    ),
    "commands-after": (
        "⏎  next   :x  explain   :c  compare   :u  undo   :q  stop",
        "⏎  다음   :x  설명   :c  비교   :u  되돌리기   :q  종료",
    ),
    "nothing-to-compare": (
        "This answer is no code, so there is nothing to compare; :x explains.",
        "코드로 답한 문제가 아니라서 비교할 것이 없습니다. :x로 설명을 보세요.",
    ),
    "left-out-of-round": ("left out: {problem}", "제외한 문제: {problem}"),
    "left-out": ("Left out: {problem}", "제외한 문제: {problem}"),
    # the end
    "score": ("{correct} of {asked}", "{asked}문제 중 {correct}개 정답"),
    "score-skipped": (", {skipped} skipped", ", {skipped}개 건너뜀"),
    "score-unsure": (", {unsure} of them guessed", ", 그중 {unsure}개는 자신 없는 답"),
    "topic-score": ("{correct} of {asked}", "{correct}/{asked}"),
    "ideas-met": ("Met today:", "오늘 만난 오해:"),
    "ideas-more": ("and {count} more {count:idea|ideas}", "그 밖에 {count}개"),
    "replay": ("The same round again:", "같은 문제 다시 풀기:"),
    "go-on": ("Next:", "다음:"),
    "no-answers": ("No question was answered.", "답한 문제가 없습니다."),
    "nothing-due": (
        "Nothing is due now; the next question is due on {when}. `tensordrill practice` goes on with new ones.",
        "지금 복습할 문제가 없습니다. 다음 복습은 {when}부터입니다. 새 문제는 `tensordrill practice`로 풉니다.",
    ),
    "nothing-due-yet": (
        "Nothing is due: you have answered nothing of this yet. `tensordrill practice` begins.",
        "아직 푼 문제가 없어서 복습할 것도 없습니다. `tensordrill practice`로 시작하세요.",
    ),
    # elsewhere
    "welcome-title": ("tensordrill — train your tensor handling", "tensordrill — 텐서 다루기 연습"),
    "welcome": (
        "Questions about shapes, strides and memory, with fresh numbers each time.\n"
        "The answer key is what torch really does when the program runs.",
        "shape, stride, 메모리에 관한 문제를 매번 새로운 숫자로 풉니다.\n정답은 torch를 실제로 실행한 결과입니다.",
    ),
    "welcome-practice": ("one topic until you stop", "한 주제를 그만둘 때까지"),
    "welcome-topics": ("what there is to learn", "배울 수 있는 주제"),
    "welcome-help": ("everything else", "그 밖의 모든 것"),
    "about-answers": ("{problem}", "{problem}"),
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
    "question-changed": (
        "{address}: the question asks something else since you answered it on {date}.",
        "{address}: {date}에 답한 뒤로 문제가 바뀌었습니다.",
    ),
    "topics-next": (
        "tensordrill topics TOPIC lists its questions; tensordrill practice --topic TOPIC starts.",
        "tensordrill topics TOPIC은 문제 목록을, tensordrill practice --topic TOPIC은 연습을 시작합니다.",
    ),
    "package-missing": (
        "{packages}, which it needs, is not installed here; `{command}` brings it",
        "필요한 패키지가 설치되어 있지 않습니다: {packages}. `{command}` 명령으로 설치하세요.",
    ),
    "packages-missing": (
        "{packages}, which it needs, are not installed here; `{command}` brings them",
        "필요한 패키지가 설치되어 있지 않습니다: {packages}. `{command}` 명령으로 설치하세요.",
    ),
    "module-missing": (
        "the module `{module}`, which it needs, is not installed here; install tensordrill again",
        "필요한 모듈이 설치되어 있지 않습니다: `{module}`. tensordrill을 다시 설치하세요.",
    ),
    "questions": ("{count:question}", "{count}문제"),
    "count-of-kind": ("{count} {kind}", "{kind} {count}"),
    "level": ("level {level}", "난이도 {level}"),
}

KINDS: dict[str, Sentence] = {
    "predict": ("predict", "예측"),
    "write": ("write", "코드 작성"),
    "fill": ("fill", "빈칸 채우기"),
    "which": ("which", "고르기"),
    "order": ("order", "순서 맞추기"),
}
"""The kinds of questions, as lists of topics show them."""
