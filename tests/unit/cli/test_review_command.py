"""``coach review``: the page, the JSON, and what is refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach_app.cli import app
from coach_app.desktop.folders import recording_file
from coach_app.domain.errors import CoachError
from coach_app.evaluation.bench.review import plant
from coach_app.games.catalogue import to_practise

SEED = 500_004


def recorded(file: Path, episodes: int = 3, **also: object) -> int:
    """Write episodes with mistakes as the practice window does; returns how many mistakes there are."""
    lines, mistakes = [], 0
    for seed in range(SEED, SEED + episodes):
        planted = plant(to_practise("grid-levels"), seed, 2)
        mistakes += len(planted.mistakes)
        states = zip(("", *planted.episode.moves), (0.0, *planted.episode.rewards), strict=True)
        for step, (action, reward) in enumerate(states):
            lines.append({"seed": seed, "steps": step, "action": action, "reward": reward, "at": 1e9 + step} | also)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return mistakes


def review(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["review", *map(str, arguments)])


def test_a_recording_becomes_a_page_with_pictures_and_json(tmp_path: Path) -> None:
    # GIVEN a recording WHEN it is reviewed in Japanese
    mistakes = recorded(tmp_path / "grid-levels.jsonl")
    printed = json.loads(
        review(tmp_path / "grid-levels.jsonl", "--out", tmp_path / "out", "--lang", "ja", "--json").stdout
    )
    # THEN every mistake is there, with its picture
    written = json.loads((tmp_path / "out" / "review.json").read_text(encoding="utf-8"))
    assert len(printed["moments"]) == len(written["moments"]) == mistakes
    assert all((tmp_path / "out" / moment["picture"]).is_file() for moment in written["moments"])
    # and the Markdown has the answers at its end, in Japanese
    told, _, answers = (tmp_path / "out" / "review.md").read_text(encoding="utf-8").partition("## 答え")
    assert told.count("](moment-") == answers.count("よりよい手") == mistakes
    assert "よりよい手" not in told
    # and the page hides the answers, and is Japanese
    page = Path(printed["page"]).read_text(encoding="utf-8")
    assert page.count("<details>") == mistakes
    assert 'lang="ja"' in page
    assert "Show the answer" not in page
    assert "you chose" not in page


def test_what_was_played_last_is_found_by_itself(tmp_path: Path) -> None:
    # GIVEN a recording that the app made, which says which game it is WHEN nothing is named
    recorded(recording_file("frozen-lake"), 1, game="grid-levels", size=[6, 5])
    result = review("--out", tmp_path / "out")
    # THEN it is reviewed
    assert "mistake" in result.stdout
    assert "Episode 1" in result.stdout


def test_what_cannot_be_reviewed_is_refused_with_a_sentence(tmp_path: Path) -> None:
    # GIVEN nothing, and a recording of no game WHEN they are to be reviewed THEN a sentence says why not
    for arguments, sentence in (([], "Nothing was kept"), ([tmp_path / "some.jsonl"], "no practice game")):
        recorded(tmp_path / "some.jsonl", 1)
        error = review(*arguments, "--out", tmp_path / "out").exception
        assert isinstance(error, CoachError)
        assert sentence in str(error)


@pytest.mark.parametrize("game", ["grid-levels"])
def test_the_bench_counts_what_is_found(game: str) -> None:
    result = CliRunner().invoke(app, ["bench", "review", game, "--count", "4", "--json"])
    rows = {row["name"]: row["value"] for row in json.loads(result.stdout)["rows"]}
    assert (rows["found"], rows["invented"]) == (4, 0)
