"""The report of a class."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "report-title", "report-kind", "report-skip", "report-contents", "report-summary",
    "report-summary-no-points", "report-summary-nobody", "report-graded", "report-median", "report-mean",
    "report-middle", "report-range", "report-deviation", "report-alpha", "report-alpha-good",
    "report-alpha-fair", "report-alpha-low", "report-error", "report-scores", "report-score",
    "report-number-of-students", "report-chart", "report-chart-text", "report-chart-median",
    "report-percent-of-points", "report-as-table", "report-teach", "report-teach-how", "report-idea",
    "report-rule", "report-holding", "report-giving", "report-held", "report-not-held", "report-given", "report-and-more", "report-unexplained", "report-answer", "report-raises", "report-timeout", "report-crashed", "report-in-questions",
    "report-untitled-idea", "report-rarer-ideas", "report-further-ideas", "report-no-ideas", "report-questions",
    "report-questions-how", "report-questions-caption", "report-small", "report-number", "report-q",
    "report-question", "report-difficulty", "report-discrimination", "report-correct", "report-incorrect",
    "report-unreadable", "report-unanswered", "report-mistakes", "report-differs",
    "report-separates-unsure", "report-void", "report-talk", "report-talk-how", "report-talk-caption",
    "report-talk-absent", "report-talk-refused", "report-talk-below", "report-talk-unreadable",
    "report-talk-unanswered", "report-talk-ideas", "report-talk-uneven", "report-nobody-to-talk-to",
    "report-students", "report-students-caption", "report-legend", "report-student", "report-id",
    "report-points", "report-why", "report-absent", "report-refused", "report-listed",
    "report-listed-caption", "report-all-graded", "report-file", "report-reason", "report-cut-students",
    "report-cut-talk", "report-cut-listed", "report-how", "report-assignment",
    "report-isolation", "report-variants", "report-bank", "report-bank-hash", "report-overrides",
    "report-numbers", "report-means-who-counts", "report-means-difficulty", "report-means-discrimination",
    "report-means-ideas", "report-means-alpha", "report-means-few", "report-means-quartiles", "report-means-talk",
    "report-sorted-up", "report-sorted-down", "report-in-those", "report-late", "report-late-how", "report-late-caption", "report-nobody-late",
    "report-untimed", "report-submitted", "report-late-by", "report-no-time", "report-taken-off", "report-cut-late",
]  # fmt: skip
Undefined: TypeAlias = Literal["nobody", "no-points", "one-question", "same-points", "same-rest"]
Separation: TypeAlias = Literal["well", "weakly", "hardly", "backwards"]
Difficulty: TypeAlias = Literal["easy", "medium", "hard"]
Variants: TypeAlias = Literal["own", "shared"]

WORDS: dict[Name, Sentence] = {
    "report-title": ("{title}: class report", "{title}: 학급 보고서"),
    "report-kind": ("Class report", "학급 보고서"),
    "report-skip": ("Skip to the report", "본문으로 건너뛰기"),
    "report-contents": ("Contents", "차례"),
    "report-summary": (
        "{graded} of {students:student} {students:was|were} graded. Half of them have {median}% or more of the {of:point}.",
        "학생 {students}명 중 {graded}명을 채점했고, 그중 절반이 {of}점 만점의 {median}% 이상을 받았습니다.",
    ),
    "report-summary-no-points": (
        "{graded} of {students:student} {students:was|were} graded. No question is worth any points.",
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
    "report-alpha": ("reliability (Cronbach's α, n = {count})", "신뢰도(크론바흐 α, n = {count})"),
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
        "Wrong ideas, those that most students gave first, each with the rule that replaces it.",
        "많은 학생에게 나타난 오해부터, 바로잡는 규칙과 함께 보여 줍니다.",
    ),
    "report-idea": ("wrong idea", "오해"),
    "report-rule": ("the rule", "규칙"),
    "report-giving": ("gave it", "나타난 학생"),
    "report-holding": ("in two questions or more", "두 문제 이상에서"),
    "report-given": ("given by {count} of {total:student}", "학생 {total}명 중 {count}명에게 나타남"),
    "report-held": (
        "{count} of them in two questions or more, which is hardly chance",
        "그중 {count}명은 두 문제 이상에서 나타나 우연으로 보기 어려움",
    ),
    "report-not-held": (
        "only one question here can show it: ask before you rely on it",
        "이 과제에서는 한 문제에서만 나타날 수 있으므로 먼저 물어보세요",
    ),
    "report-and-more": ("and {count} more", "외 {count}명"),
    "report-unexplained": ("Wrong answers that no idea explains", "오해로 설명되지 않는 오답"),
    "report-answer": ("answer", "답"),
    "report-timeout": ("code that ran out of time", "시간 안에 끝나지 않은 코드"),
    "report-crashed": ("code that ended its process", "프로세스를 끝낸 코드"),
    "report-raises": ("code that raises {name}", "{name} 에러를 내는 코드"),
    "report-in-those": ("in {count:question|questions}", "문제 {count}개에서 나타남:"),
    "report-in-questions": ("in questions", "나타난 문제"),
    "report-untitled-idea": ("a wrong idea that the bank has no title for", "문제 은행에 제목이 없는 오해"),
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
        "Only {count} were graded: with fewer than {least}, discrimination and reliability are mostly chance.",
        "채점한 학생이 {count}명뿐입니다. {least}명보다 적으면 변별도와 신뢰도는 대부분 우연에 좌우됩니다.",
    ),
    "report-number": ("No.", "번호"),
    "report-q": ("Q{number}", "{number}번"),
    "report-question": ("question", "문제"),
    "report-difficulty": ("difficulty", "난이도"),
    "report-discrimination": ("discrimination", "변별도"),
    "report-correct": ("right", "정답"),
    "report-incorrect": ("wrong", "오답"),
    "report-unreadable": ("unreadable", "읽을 수 없음"),
    "report-unanswered": ("left open", "무응답"),
    "report-mistakes": ("most common mistakes", "흔한 실수"),
    "report-differs": ("different {facet}", "{facet} 다름"),
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
        "{count} of {of:answer} could not be read: the trouble may be how to write them.",
        "답 {of}개 중 {count}개를 읽을 수 없었습니다. 답을 적는 방법을 모를 수 있습니다.",
    ),
    "report-talk-unanswered": (
        "{count} of {of:question} were left open.",
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
    "report-how": ("How this was graded", "채점 방법"),
    "report-assignment": ("assignment", "과제"),
    "report-isolation": ("isolation", "격리 수준"),
    "report-variants": ("numbers in the questions", "문제의 숫자"),
    "report-bank": ("bank", "문제 은행"),
    "report-bank-hash": ("bank hash", "문제 은행 해시"),
    "report-overrides": ("Points that a person set", "사람이 정한 점수"),
    "report-numbers": ("What the numbers mean", "수치 설명"),
    "report-means-who-counts": (
        "Students of whom nothing was graded are counted, but are part of no other number.",
        "채점한 제출물이 없는 학생은 인원수에만 들어가고 다른 수치에는 들어가지 않습니다.",
    ),
    "report-means-difficulty": (
        "Difficulty (p, or facility): mean points divided by the points there are. 100% means that everybody is right, so "
        "that a larger number is an easier question; easy is 85% or more, hard 40% or less.",
        "난이도(정답률): 평균 점수를 배점으로 나눈 값입니다. 100%면 모두 맞힌 문제라서 값이 클수록 쉬운 문제입니다. "
        "85% 이상은 쉬움, 40% 이하는 어려움으로 봅니다.",
    ),
    "report-means-discrimination": (
        "Discrimination (point-biserial, corrected): the correlation of the points here with the points in all other "
        "questions, this one left out. From 0.3 on a question separates well; below −0.1, weaker students do better than "
        "strong ones.",
        "변별도(점이연상관, 수정): 이 문제의 점수와, 이 문제를 뺀 나머지 점수 합의 상관계수입니다. 0.3 이상이면 잘 가려내는 "
        "문제이고, −0.1보다 작으면 못하는 학생이 오히려 더 잘 맞힌 문제입니다.",
    ),
    "report-means-ideas": (
        "An idea is given when an answer equals what the idea leads to. Two questions are needed to hold it, "
        "and not of yes-or-no answers alone.",
        "답이 그 오해에서 나오는 결과와 같으면 나타난 것으로 셉니다. 두 문제에서 나타나야 확인된 것으로 보며, "
        "예/아니요로 답한 문제만으로는 확인하지 않습니다.",
    ),
    "report-means-alpha": (
        "Reliability (Cronbach's α): how far the questions agree on who is strong; 1 at most. n is the number of students "
        "that it comes from; more questions raise it.",
        "신뢰도(크론바흐 α): 문제들이 학생의 실력을 얼마나 일관되게 나타내는지를 보여 주며 최댓값은 1입니다. n은 계산에 "
        "들어간 학생 수이고, 문제가 많을수록 높아집니다.",
    ),
    "report-means-few": (
        "Below {least} students, discrimination and reliability are mostly chance: do not drop a question for them.",
        "학생이 {least}명보다 적으면 변별도와 신뢰도는 대부분 우연에 좌우되므로, 이 값만 보고 문제를 빼지 마세요.",
    ),
    "report-means-quartiles": (
        "The middle half lies between the quartiles; the standard deviation is that of the class as a whole.",
        "가운데 절반은 제1사분위수와 제3사분위수 사이이며, 표준편차는 학급 전체를 모집단으로 본 값입니다.",
    ),
    "report-means-talk": (
        "Far below: less than half of the median, and 20 percent points or more under it. "
        "Unreadable: two answers and a third of them. Left open: two questions and half of them. "
        "Nearly all right: difficulty 85% or more; hard: 40% or less.",
        "많이 낮음: 중앙값의 절반에 못 미치고 중앙값보다 20%p 이상 낮은 경우입니다. "
        "읽을 수 없음: 답이 둘 이상이면서 전체의 1/3 이상인 경우입니다. 무응답: 둘 이상이면서 절반 이상인 경우입니다. "
        "거의 모두 맞힌 문제는 난이도 85% 이상, 어려운 문제는 40% 이하입니다.",
    ),
    "report-late": ("Late", "늦은 제출"),
    "report-late-how": (
        "Due at {due}. Scores, ideas and statistics count answers as they are; the points of students are after what is "
        "taken off here.",
        "마감은 {due}입니다. 점수 분포, 오해, 통계는 감점하지 않은 값이고, 학생별 점수는 여기의 감점을 뺀 값입니다.",
    ),
    "report-late-caption": (
        "Students who handed in late, ordered by id",
        "늦게 제출한 학생(id 순)",
    ),
    "report-nobody-late": (
        "Nobody is known to have been late.",
        "늦게 제출한 것으로 확인된 학생이 없습니다.",
    ),
    "report-untimed": (
        "{count:submission} without a known time {count:counts|count} as on time.",
        "제출 시각을 알 수 없는 제출물 {count}개는 제때 낸 것으로 봅니다.",
    ),
    "report-submitted": ("handed in at", "제출 시각"),
    "report-no-time": ("no time known", "시각을 알 수 없음"),
    "report-late-by": ("late by", "늦은 시간"),
    "report-taken-off": ("taken off", "감점"),
    "report-cut-late": (
        "These are the first {shown} of {total}.",
        "전체 {total}명 중 앞의 {shown}명만 보여 줍니다.",
    ),
    "report-sorted-up": ("Sorted, smallest first:", "오름차순 정렬:"),
    "report-sorted-down": ("Sorted, largest first:", "내림차순 정렬:"),
}
UNDEFINED: dict[Undefined, Sentence] = {
    "nobody": ("nobody handed in", "제출한 학생이 없음"),
    "no-points": ("it is worth no points", "배점이 없음"),
    "one-question": ("it takes two questions", "문제가 둘 이상이어야 계산 가능"),
    "same-points": ("all have the same points", "모두 점수가 같음"),
    "same-rest": ("all have the same points elsewhere", "다른 문제의 점수가 모두 같음"),
}
"""Why a number of the report cannot be had."""
DIFFICULTIES: dict[Difficulty, Sentence] = {
    "easy": ("easy", "쉬움"),
    "medium": ("medium", "보통"),
    "hard": ("hard", "어려움"),
}
"""The difficulty of a question."""
SEPARATIONS: dict[Separation, Sentence] = {
    "well": ("separates well", "잘 가려냄"),
    "weakly": ("separates weakly", "약하게 가려냄"),
    "hardly": ("hardly separates", "거의 가려내지 못함"),
    "backwards": ("backwards: look at it", "거꾸로 가려냄: 문제 확인 필요"),
}
"""The separation of strong students from weak ones."""
VARIANTS: dict[Variants, Sentence] = {
    "own": ("each student's own", "학생마다 다름"),
    "shared": ("the same for all", "모두 같음"),
}
"""The numbers of the questions: each student's own, or shared."""
