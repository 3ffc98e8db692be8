"""Generates the requests to a teacher: each guide in chunks, several times, in one of six styles; estimates the
cost."""

import hashlib
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach_app.knowledge.library import Library
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.templates import ChunkRule, load_templates

_TOKEN_CHARACTERS = 4.0
_REPLY_TOKENS = 500
_TOKENS_PER_S = 40.0
"""A guess for one request, before anything is measured."""


@dataclass
class SelfInstructArgs:
    """All arguments of a run; saved beside the pairs. Defaults are the original's where it has one."""

    base_url: str
    model: str
    game: str
    out: Path = Path("out/train/guides")
    seed: int = 1
    passes: int = 20  # passes over each guide
    temperature: float = 0.7
    concurrency: int = 4  # concurrent requests
    per_minute: float = 0.0  # maximum requests per minute; 0: unlimited
    timeout_s: float = 120.0
    retries: int = 4
    patience: int = 8  # consecutive failures that stop the run
    votes: int = 0  # votes of the teacher on outside entities of each pair, besides the rules
    held_out: float = 0.1
    input_price: float = 0.0  # per million tokens, in any currency; 0: unknown
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


def chunks(text: str, count: int) -> list[str]:
    """Split a text into chunks of similar length at the ends of sentences.

    Returns:
        The chunks, whose concatenation is the text; fewer if it has not enough sentences.
    """
    sentences = re.findall(r".+?(?:[.!?]\s+|\n\n+|\Z)", text, re.DOTALL)
    count = max(1, min(count, len(sentences)))
    found, length, start = [""], 0, 0
    for place, sentence in enumerate(sentences):
        left = len(sentences) - place
        wanted = count - len(found)
        # A new chunk begins once its share of the text is reached, or if the remaining sentences are just enough.
        if place > start and wanted and (length >= len(text) * len(found) / count or left == wanted):
            found.append("")
            start = place
        found[-1] += sentence
        length += len(sentence)
    return found


@dataclass(frozen=True)
class Style:
    """The style that the teacher is asked for: six variants."""

    technical: bool
    length: str

    @classmethod
    def draw(cls, rng: random.Random) -> "Style":
        """Draw a style: technical with probability ½; lengthy, concise or neither with ⅓ each."""
        return cls(rng.random() < 0.5, rng.choice(("lengthy", "concise", "")))


def instruction(title: str, subject: str, chunk: str, style: Style) -> str:
    """The prompt for one chunk.

    Args:
        title: title of the game.
        subject: subject of the guide; empty if it is about the game.
        chunk: a chunk of the guide.
        style: style of the answers.
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
    """One request to the teacher.

    Args:
        id: identical in every run with the same arguments.
        subject: subject of the guide.
        prompt: the complete prompt.
    """

    id: str
    subject: str
    prompt: str


def plan(library: Library, args: SelfInstructArgs) -> list[Request]:
    """All requests of a run: every pass over every guide, determined by the seed."""
    found = []
    title, named = library.lexicon.title or library.game, library.named()
    rules = load_templates(library.game).chunks
    for subject in library.subjects():
        text = "\n\n".join(
            f"{section.title}\n\n{section.text}" for section in library.sections if section.subject == subject
        )
        rule = rules.get(subject, ChunkRule())
        # Separate random numbers, so that adding a guide does not change the requests of others.
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
    """The estimated cost of a run, from the lengths of its prompts."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    cost: float
    minutes: float

    def sentence(self) -> str:
        """A sentence for the user before the start."""
        reads, writes = f"{self.prompt_tokens:,} tokens to read", f"{self.completion_tokens:,} to write"
        cost = f"about {self.cost:.2f} by the prices given" if self.cost else "cost unknown: no prices given"
        return f"{self.requests} requests, about {reads} and {writes}; {cost}; about {self.minutes:.0f} minutes."


def estimate(requests: Sequence[Request], args: SelfInstructArgs, reply_tokens: int = _REPLY_TOKENS) -> Estimate:
    """Estimate the cost of requests."""
    reads = int(sum(len(request.prompt) for request in requests) / _TOKEN_CHARACTERS)
    writes = len(requests) * reply_tokens
    cost = (reads * args.input_price + writes * args.output_price) / 1e6
    seconds = len(requests) * reply_tokens / _TOKENS_PER_S / args.concurrency
    if args.per_minute:
        seconds = max(seconds, len(requests) * 60.0 / args.per_minute)
    return Estimate(len(requests), reads, writes, cost, seconds / 60.0)


def vote_requests(pair: Pair, title: str, args: SelfInstructArgs) -> list[Request]:
    """Requests for the teacher's votes on outside entities in a pair: the same prompt several times."""
    prompt = (
        f"A question and an answer about {title}:\n\nQ: {pair.question}\nA: {pair.answer}\n\n"
        f"Do they name a player, a tournament, a character or anything else that is not in {title}? "
        "Answer with one word: fail if they do, pass if they do not."
    )
    return [Request(_id(args, prompt, f"vote {vote}"), "", prompt) for vote in range(args.votes)]
