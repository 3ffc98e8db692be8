"""Has a teacher turn guides into questions and answers, as sangstar/melee-bot did (self-instruct, Wang et al. 2022).

Each guide is cut into chunks many times over, differently each time, and of each chunk the teacher is asked for pairs
in one of six styles. Unlike the original, no end of a guide is lost, a run can be cut at any moment, and what was not
used is kept with the reason.
"""

import asyncio
import hashlib
import json
import os
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach_app.desktop import address
from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.sections import Section
from coach_app.training.tips import cleaning
from coach_app.training.tips.pairs import Pair, write_pairs
from coach_app.training.tips.similarity import content_words
from coach_app.training.tips.split import split
from coach_app.training.tips.teacher import Pace, Reply, Teacher, TeacherBusy

Report = Callable[[str], None]

JOURNAL, REJECTS, PAIRS, REPORT, ARGUMENTS = "journal.jsonl", "rejects.jsonl", "pairs.jsonl", "report.json", "args.json"
_TOKEN_CHARACTERS = 4.0
_REPLY_TOKENS = 500
_TOKENS_PER_S = 40.0
"""A guess for one request, before anything is measured."""


@dataclass
class SelfInstructArgs:
    """Everything that a run depends on; saved beside the pairs. Defaults are the original's where it has one."""

    base_url: str
    model: str
    game: str = "melee"
    out: Path = Path("out/train/guides")
    seed: int = 1
    passes: int = 20  # over each subject's guide
    temperature: float = 0.7
    concurrency: int = 4  # requests at once
    per_minute: float = 0.0  # requests that may start in a minute; 0: any number
    timeout_s: float = 120.0
    retries: int = 4
    patience: int = 8  # requests in a row that may fail before the run stops
    votes: int = 0  # of the teacher on the outside entities of each pair, beside the rules
    held_out: float = 0.1
    input_price: float = 0.0  # of a million tokens, in any currency; 0: not known
    output_price: float = 0.0

    def __post_init__(self) -> None:
        self.out = Path(self.out)
        for name in ("passes", "concurrency", "patience"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for name in ("temperature", "per_minute", "retries", "votes", "input_price", "output_price"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")
        if self.timeout_s <= 0:
            raise ValueError("timeout_s must be above 0")
        if not 0 < self.held_out < 1:
            raise ValueError("held_out must be between 0 and 1")


@dataclass(frozen=True)
class ChunkRule:
    """How many chunks a guide is cut into: a normal distribution, clipped."""

    mean: float = 3.0
    sd: float = 3.5
    low: int = 2
    high: int = 50

    def draw(self, rng: random.Random) -> int:
        """A number of chunks."""
        return int(min(max(rng.gauss(self.mean, self.sd), self.low), self.high))


CHUNK_RULES: Mapping[str, ChunkRule] = {"Fox": ChunkRule(mean=45.0, sd=3.0, low=35)}
"""Subjects whose guides are cut otherwise than by the default rule; Fox's was the longest by far."""


def chunks(text: str, count: int) -> list[str]:
    """Cut a text into so many chunks of about the same length, at the ends of sentences.

    Returns:
        The chunks, which joined are the text; fewer where it has not so many sentences.
    """
    sentences = re.findall(r".+?(?:[.!?]\s+|\n\n+|\Z)", text, re.DOTALL)
    count = max(1, min(count, len(sentences)))
    found, length, start = [""], 0, 0
    for place, sentence in enumerate(sentences):
        left = len(sentences) - place
        wanted = count - len(found)
        # A new chunk begins where its share of the text is reached, or where the rest has just enough sentences for it.
        if place > start and wanted and (length >= len(text) * len(found) / count or left == wanted):
            found.append("")
            start = place
        found[-1] += sentence
        length += len(sentence)
    return found


@dataclass(frozen=True)
class Style:
    """How the teacher is asked to write: six variants."""

    technical: bool
    length: str

    @classmethod
    def draw(cls, rng: random.Random) -> "Style":
        """Technical with ½; lengthy, concise or neither with ⅓ each."""
        return cls(rng.random() < 0.5, rng.choice(("lengthy", "concise", "")))


def instruction(title: str, subject: str, chunk: str, style: Style) -> str:
    """The prompt for one chunk.

    Args:
        title: name of the game.
        subject: the character that the guide is about; empty where it is about the game.
        chunk: a part of it.
        style: of the answers.
    """
    wishes = (
        ["Be as technical as the text allows: use the players' own terms and its numbers."] if style.technical else []
    )
    at, naming = (f" at {subject}", f"names {subject} and ") if subject else ("", "")
    if style.length == "lengthy":
        wishes.append("Write long answers that explain the reasons.")
    elif style.length == "concise":
        wishes.append("Write concise answers, of one sentence where that is enough.")
    return "\n".join(
        [
            f"You are an experienced coach of {title}. Players who want to get better{at} learn from you.",
            "Below is what you know. Write as many different questions as it answers, each with its answer. Every "
            f"question {naming}can be understood alone. Say nothing that is not below.",
            *wishes,
            "Never mention a guide, a text, a passage or an author, in questions or in answers.",
            "Write each pair as two lines, and nothing else, with an empty line between pairs:",
            "Q: the question",
            "A: the answer",
            "",
            chunk.strip(),
        ]
    )


@dataclass(frozen=True)
class Request:
    """One thing to ask the teacher.

    Args:
        id: the same in every run with the same arguments.
        subject: what it is about.
        prompt: all of it.
    """

    id: str
    subject: str
    prompt: str


def plan(library: Library, args: SelfInstructArgs) -> list[Request]:
    """All requests of a run: every pass over every subject's guide, seeded."""
    found = []
    title, named = library.lexicon.title or library.game, library.named()
    for subject in library.subjects():
        text = "\n\n".join(
            f"{section.title}\n\n{section.text}" for section in library.sections if section.subject == subject
        )
        rule = CHUNK_RULES.get(subject, ChunkRule())
        # Its own random numbers: a guide that is added changes no other one's requests.
        rng = random.Random(f"{args.seed} {subject}")
        for number in range(args.passes):
            for place, chunk in enumerate(chunks(text, rule.draw(rng))):
                prompt = instruction(title, subject if subject in named else "", chunk, Style.draw(rng))
                found.append(Request(_id(args, prompt, f"{number}.{place}"), subject, prompt))
    return found


def _id(args: SelfInstructArgs, prompt: str, place: str) -> str:
    return hashlib.sha256(json.dumps([args.model, args.temperature, place, prompt]).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Estimate:
    """What a run will take, guessed from the lengths of its prompts."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    cost: float
    minutes: float

    def sentence(self) -> str:
        """For the user, before it starts."""
        reads, writes = f"{self.prompt_tokens:,} tokens to read", f"{self.completion_tokens:,} to write"
        cost = f"about {self.cost:.2f} by the prices given" if self.cost else "cost unknown: no prices given"
        return f"{self.requests} requests, about {reads} and {writes}; {cost}; about {self.minutes:.0f} minutes."


def estimate(requests: Sequence[Request], args: SelfInstructArgs, reply_tokens: int = _REPLY_TOKENS) -> Estimate:
    """What these requests will take."""
    reads = int(sum(len(request.prompt) for request in requests) / _TOKEN_CHARACTERS)
    writes = len(requests) * reply_tokens
    cost = (reads * args.input_price + writes * args.output_price) / 1e6
    seconds = len(requests) * reply_tokens / _TOKENS_PER_S / args.concurrency
    if args.per_minute:
        seconds = max(seconds, len(requests) * 60.0 / args.per_minute)
    return Estimate(len(requests), reads, writes, cost, seconds / 60.0)


class Journal:
    """The replies so far, a JSON line each, written as they come: a run that is cut goes on from here.

    Args:
        path: the file; made where it is missing.

    Raises:
        CoachError: it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
            self.replies = self._read()
        except OSError as error:
            raise self._trouble(error) from error

    def _read(self) -> dict[str, Reply]:
        self._file.seek(0)
        replies: dict[str, Reply] = {}
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break  # cut in the middle of a line
            whole += len(line)
            try:
                values = json.loads(line)
                request_id = str(values.pop("id"))
                replies[request_id] = Reply(**values)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # asked again
        self._file.truncate(whole)
        return replies

    def write(self, request_id: str, reply: Reply) -> None:
        """Keep a reply, on the disk before this returns.

        Raises:
            CoachError: it could not be written, for instance because the disk is full; earlier ones are kept.
        """
        try:
            self._file.write(json.dumps({"id": request_id, **asdict(reply)}, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._trouble(error) from error
        self.replies[request_id] = reply

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        except OSError as error:  # what could not be flushed
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> CoachError:
        return CoachError(
            f"The teacher's replies could not be kept: {error.strerror or error}.",
            f"Make room for, or allow writing to, {self._path}, and start again: what is there is not asked for twice.",
        )


async def collect(
    requests: Sequence[Request], teacher: Teacher, journal: Journal, args: SelfInstructArgs, report: Report
) -> int:
    """Ask the teacher what the journal does not have yet.

    Returns:
        How many requests could not be answered; they are asked again by the next run.

    Raises:
        CoachError: the server, key or model is not right, too many requests in a row failed, or the disk is full.
    """
    missing = [request for request in requests if request.id not in journal.replies]
    pace = Pace(args.per_minute)
    places = asyncio.Semaphore(args.concurrency)
    failed = in_a_row = done = 0

    async def ask(request: Request) -> None:
        nonlocal failed, in_a_row, done
        async with places:
            await pace.wait()
            try:
                reply = await teacher.reply(request.prompt)
            except TeacherBusy as busy:
                failed, in_a_row = failed + 1, in_a_row + 1
                if in_a_row >= args.patience:
                    raise CoachError(
                        f"{busy.message} {in_a_row} requests in a row failed, {len(journal.replies)} replies are kept.",
                        f"{busy.remedy} Then start again.",
                    ) from busy
                return
            in_a_row, done = 0, done + 1
            journal.write(request.id, reply)
            if done % 50 == 0 or done == len(missing):
                report(f"{done} of {len(missing)} replies")

    try:
        async with asyncio.TaskGroup() as group:
            for request in missing:
                group.create_task(ask(request))
    except BaseExceptionGroup as errors:
        first, _ = errors.split(CoachError)
        raise _first(first or errors) from None
    return failed


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


@dataclass(frozen=True)
class Reject:
    """A part of a reply that is no pair, and why."""

    request: str
    text: str
    reason: str


def parse(request_id: str, reply: Reply) -> tuple[list[tuple[str, str]], list[Reject]]:
    """The pairs of a reply, strictly: blocks of a ``Q:`` and an ``A:``, with an empty line between them."""
    if reply.finish == "refusal":
        return [], [Reject(request_id, reply.text, "refused")]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", reply.text.replace("\r\n", "\n")) if block.strip()]
    if not blocks:
        return [], [Reject(request_id, reply.text, "empty reply")]
    pairs: list[tuple[str, str]] = []
    rejects: list[Reject] = []
    for place, block in enumerate(blocks):
        if reply.finish == "length" and place == len(blocks) - 1:
            rejects.append(Reject(request_id, block, "cut off"))
        elif reason := _fault(block):
            rejects.append(Reject(request_id, block, reason))
        else:
            question, answer = re.split(r"\n\s*A:", block.removeprefix("Q:"), maxsplit=1)
            pairs.append((" ".join(question.split()), " ".join(answer.split())))
    return pairs, rejects


def _fault(block: str) -> str:
    questions = len(re.findall(r"^\s*Q:", block, re.MULTILINE))
    answers = len(re.findall(r"^\s*A:", block, re.MULTILINE))
    if not questions and not answers:
        return "neither Q: nor A:"
    if not block.startswith("Q:"):
        return "begins otherwise than with Q:"
    if questions > 1:
        return "two questions in one block"
    if answers != 1:
        return "no answer" if not answers else "two answers in one block"
    question, answer = re.split(r"\n\s*A:", block, maxsplit=1)
    return "" if question.removeprefix("Q:").strip() and answer.strip() else "empty question or answer"


def section_of(question: str, answer: str, sections: Sequence[Section], lexicon: Lexicon) -> Section:
    """The section that a pair is from: the one that has most of its words, rare ones counting more."""
    vocabularies = [content_words(f"{section.title} {section.text}", lexicon) for section in sections]
    wanted = content_words(f"{question} {answer}", lexicon)
    counts = {word: sum(word in vocabulary for vocabulary in vocabularies) for word in wanted}

    def fit(place: int) -> float:
        return sum(1.0 / counts[word] for word in sorted(wanted & vocabularies[place]))

    return sections[max(range(len(sections)), key=fit)]


def pairs_of(
    requests: Iterable[Request], replies: Mapping[str, Reply], library: Library
) -> tuple[list[Pair], list[Reject]]:
    """The pairs of all replies, each with its section, and what was rejected."""
    pairs: list[Pair] = []
    rejects: list[Reject] = []
    for request in requests:
        if request.id not in replies:
            continue
        sections = [section for section in library.sections if section.subject == request.subject]
        found, faulty = parse(request.id, replies[request.id])
        pairs += [
            Pair(question, answer, section_of(question, answer, sections, library.lexicon).id)
            for question, answer in found
        ]
        rejects += faulty
    return pairs, rejects


def vote_requests(pair: Pair, title: str, args: SelfInstructArgs) -> list[Request]:
    """What to ask the teacher about outside entities in a pair: the same, several times."""
    prompt = (
        f"A question and an answer about {title}:\n\nQ: {pair.question}\nA: {pair.answer}\n\n"
        f"Do they name a player, a tournament, a character or anything else that is not in {title}? "
        "Answer with one word: fail if they do, pass if they do not."
    )
    return [Request(_id(args, prompt, f"vote {vote}"), "", prompt) for vote in range(args.votes)]


def run(
    args: SelfInstructArgs, library: Library, teacher: Teacher, agree: Callable[[str], bool], report: Report
) -> dict[str, Any]:
    """Make questions and answers from guides; goes on where an earlier run with the same arguments stopped.

    Args:
        args: see `SelfInstructArgs`.
        library: the guides.
        teacher: is asked, and closed at the end.
        agree: is told what the run will take, and says whether it starts.
        report: is told how it goes on.

    Returns:
        The report that is also in the folder: requests, tokens, rejects, every step of the cleaning, the split.

    Raises:
        CoachError: no guides, a teacher that cannot be asked, a full disk, no pair left; replies so far are kept.
    """
    requests = plan(library, args)
    journal = Journal(args.out / JOURNAL)
    try:
        missing = [request for request in requests if request.id not in journal.replies]
        cached = f"{len(requests) - len(missing)} replies are there already. " if len(missing) < len(requests) else ""
        here = "stay on this computer" if address.is_this_computer(args.base_url) else f"are sent to {args.base_url}"
        votes = f" Then {args.votes} short requests for each pair." if args.votes else ""
        plain = f"{cached}Parts of your guides {here}. {estimate(missing, args).sentence()}{votes}"
        if missing and not agree(plain):
            raise CoachError("Nothing was asked.", "Agree, or start it with --yes.")
        _save(args.out / ARGUMENTS, json.dumps(asdict(args), default=str, indent=1))
        return asyncio.run(_run(args, library, requests, teacher, journal, report))
    finally:
        journal.close()


async def _run(
    args: SelfInstructArgs,
    library: Library,
    requests: Sequence[Request],
    teacher: Teacher,
    journal: Journal,
    report: Report,
) -> dict[str, Any]:
    try:
        failed = await collect(requests, teacher, journal, args, report)
        pairs, rejects = pairs_of(requests, journal.replies, library)
        lines = (json.dumps(asdict(reject), ensure_ascii=False) for reject in rejects)
        _save(args.out / REJECTS, "".join(f"{line}\n" for line in lines))
        title = library.lexicon.title or library.game
        voted = {
            pair: vote_requests(pair, title, args)
            for pair in (cleaning.before_votes(pairs, library)[-1].kept if args.votes else ())
        }
        failed += await collect([vote for votes in voted.values() for vote in votes], teacher, journal, args, report)
        judges = [_teacher_judge(voted, journal.replies, number) for number in range(args.votes)]
    finally:
        await teacher.close()
    steps = cleaning.clean(pairs, library, judges)
    kept = split(steps[-1].kept, library.lexicon, args.held_out, args.seed)
    write_pairs(kept, args.out / PAIRS)
    used = [journal.replies[request.id] for request in requests if request.id in journal.replies]
    summary: dict[str, Any] = {
        "requests": len(requests),
        "failed": failed,
        "prompt_tokens": sum(reply.prompt_tokens for reply in used),
        "completion_tokens": sum(reply.completion_tokens for reply in used),
        "parsed": len(pairs),
        "rejected": len(rejects),
        "reject_reasons": _counts(reject.reason for reject in rejects),
        "cleaning": cleaning.report(steps),
        "pairs": len(kept),
        "meanings": len({pair.meaning for pair in kept}),
        "held_out": sum(pair.split == "held-out" for pair in kept),
        "samples": [asdict(pair) for pair in kept[:: max(1, len(kept) // 10)][:10]],
    }
    _save(args.out / REPORT, json.dumps(summary, ensure_ascii=False, indent=1))
    return summary | {"folder": str(args.out)}


def _teacher_judge(
    voted: Mapping[Pair, Sequence[Request]], replies: Mapping[str, Reply], number: int
) -> cleaning.Judge:
    """One of the teacher's votes on each pair; where it has not said fail, it is no vote against."""

    def judge(pair: Pair) -> bool:
        reply = replies.get(voted[pair][number].id)
        return reply is None or re.match(r"\W*fail\b", reply.text, re.IGNORECASE) is None

    return judge


def _counts(reasons: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def _save(path: Path, text: str) -> None:
    write_atomically(path, text.encode("utf-8"), "The report of the questions and answers")
