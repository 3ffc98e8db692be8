"""Lets a teacher turn guides into questions and answers, like the first public tips bot (docs/tips.md).

The method is self-instruct (Wang et al. 2022): each guide is split into chunks several times, differently each time,
and the teacher writes pairs about each chunk in one of six styles. Unlike the original, the end of a guide is not lost,
a run can be interrupted at any time, and rejected parts are kept with the reason.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach_app.desktop import address
from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Library
from coach_app.training.tips import cleaning
from coach_app.training.tips.journal import Journal
from coach_app.training.tips.pairs import PAIRS, Pair, write_pairs
from coach_app.training.tips.replies import pairs_of
from coach_app.training.tips.requests import Request, SelfInstructArgs, estimate, plan, vote_requests
from coach_app.training.tips.split import split
from coach_app.training.tips.teacher import Pace, Reply, Teacher, TeacherBusy

Report = Callable[[str], None]

JOURNAL, REJECTS, REPORT, ARGUMENTS = "journal.jsonl", "rejects.jsonl", "report.json", "args.json"


async def collect(
    requests: Sequence[Request], teacher: Teacher, journal: Journal, args: SelfInstructArgs, report: Report
) -> int:
    """Send the requests that are not in the journal yet.

    Returns:
        Number of failed requests; the next run repeats them.

    Raises:
        CoachError: server, key or model is wrong, too many consecutive requests failed, or the disk is full.
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


def run(
    args: SelfInstructArgs, library: Library, teacher: Teacher, agree: Callable[[str], bool], report: Report
) -> dict[str, Any]:
    """Generate questions and answers from guides; resumes an earlier run with the same arguments.

    Args:
        args: the arguments.
        library: the guides.
        teacher: the teacher; closed at the end.
        agree: called with the estimate; whether to start.
        report: called with progress messages.

    Returns:
        The report, also saved in the folder: requests, tokens, rejects, cleaning steps, split.

    Raises:
        CoachError: there are no guides, the teacher cannot be asked, the disk is full, or no pair is left; replies are
            kept.
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
    """One of the teacher's votes on each pair; anything but "fail" is not a vote against it."""

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
