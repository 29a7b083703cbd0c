"""What is said of interviews, in words: the same on screen, in plain lines and in a file to share."""

from offhand.domain.interview import Ending, Interview, Progress
from offhand.domain.scorecard import QuestionScore, Score, Scorecard, SectionScore
from offhand.domain.text import one_line
from offhand.study.interviews.plan import Offer
from offhand.study.present import duration_text
from offhand.study.sentences import counted, percent

_PROGRESS = {
    Progress.SKIPPED: "skipped",
    Progress.OPEN: "not finished",
    Progress.REVEALED: "",
    Progress.DONE: "",
}


def clock_text(left_ms: int) -> str:
    """The time left: `24:10 left`, and past its end `0:42 over`."""
    seconds = -(-left_ms // 1000) if left_ms > 0 else -left_ms // 1000
    word = "left" if left_ms > 0 else "over"
    return f"{seconds // 60}:{seconds % 60:02d} {word}"


def score_text(score: Score) -> str:
    """`3 of 5 points (60 %)`."""
    if score.share is None:
        return "nothing scored"
    return f"{score.said} of {counted(score.points, 'point')} ({percent(score.share)})"


def score_sentence(card: Scorecard) -> str:
    """The first line of a scorecard."""
    asked = len(card.questions)
    spent = duration_text(card.interview.used_ms)
    told = f"{score_text(card.score)} · {counted(asked, 'question')} in {spent}"
    return (
        f"{told} · {duration_text(card.each_ms)} each"
        if card.each_ms >= 1000 and asked > 1
        else told
    )


def ending_sentence(interview: Interview) -> str:
    """How it ended, where that needs a word."""
    if interview.ending is Ending.EARLY:
        return f"Ended early, with {clock_text(interview.left_ms)}."
    left = len(interview.places(Progress.WAITING))
    if left:
        return f"The time was up; {counted(left, 'question')} not reached."
    return ""


def beside_sentence(card: Scorecard) -> str:
    """The score beside the interviews before."""
    if not card.beside or card.before.share is None:
        return "The first interview: the next one is held against it."
    count = "The last interview" if card.beside == 1 else f"The last {card.beside} interviews"
    told = f"{count}: {percent(card.before.share)}"
    each = (
        f", {duration_text(card.before_each_ms)} a question" if card.before_each_ms >= 1000 else ""
    )
    return f"{told}{each}."


def change_text(now: Score, before: Score | None) -> str:
    """How a share changed: `+20`, `-5`, `=`; nothing where there was none before."""
    if before is None or before.share is None or now.share is None:
        return ""
    change = round(100 * now.share) - round(100 * before.share)
    return f"{change:+d}" if change else "="


def progress_word(question: QuestionScore) -> str:
    """Why a question has no score, or none to speak of."""
    return _PROGRESS.get(question.progress, "")


def tonight_sentence(card: Scorecard) -> str:
    """What to study tonight."""
    if not card.questions:
        return "No question was answered."
    if not card.weakest:
        return "Nothing stands out: every section was said for the larger part."
    return f"Study tonight: {', '.join(map(_section, card.weakest))}."


def _section(section: SectionScore) -> str:
    return f"{one_line(section.title)} ({section.score.said} of {section.score.points})"


def unsaid_note(times: int) -> str:
    """How often a point was asked for in vain, from the second time on."""
    return f"asked {times} times" if times > 1 else ""


def offer_sentence(offer: Offer) -> str:
    """What an interview holds: `8 questions of 184, about 4 min each`."""
    if not offer.questions:
        return "Nothing to ask here."
    each = duration_text(round(offer.each_ms, -4))
    told = f"{counted(offer.count, 'question')} of {offer.questions}, about {each} each"
    if offer.fit > offer.questions:
        told += "; there are no more"
    return f"{told}."


def aloud_sentence(offer: Offer) -> str:
    """What is asked where there are no interview questions."""
    if not offer.aloud:
        return ""
    terms = counted(sum(each.questions for each in offer.aloud), "term")
    where = "No interview questions here"
    if len(offer.aloud) < len(offer.sections):
        where = f"{counted(len(offer.aloud), 'section')} without interview questions"
    return f"{where}: {terms} to explain aloud, each sentence of the definition a point."


def unfinished_sentence(interview: Interview) -> str:
    """How an interview was left."""
    done = len(interview.places(Progress.DONE))
    return (
        f"The interview of {interview.day:%a} {interview.day.day} {interview.day:%b} is not finished: "
        f"{done} of {counted(len(interview.askings), 'question')} done, "
        f"{clock_text(interview.left_ms)}."
    )
