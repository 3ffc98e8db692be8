"""Which of two moves a model finds better: it is asked both ways round."""

import pytest
from PIL import Image

from coach_app.advisor.advisor import Advisor
from coach_app.assembly.opinions import _compared
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.situation import Situation
from coach_app.review.judging import Opinion
from tests.fakes.session import PROFILE


class Answers:
    """A model that gives prepared answers, and notes what it is asked."""

    reads_japanese = False

    def __init__(self, *answers: str) -> None:
        self._answers, self.asked = list(answers), list[str]()

    async def advise(self, situation: Situation, on_words: object = None) -> Advice:
        self.asked.append(situation.question)
        return Advice(self._answers.pop(0), None, "model", 0.0, 1.0, 1.0, 3)

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("answers", "opinion"),
    [
        (("Up.", "Up."), "worse"),
        (("Left.", "I would go left."), "better"),
        (("Left.", "Up."), "undecided"),  # whatever is named first
        (("Up.", "Both are fine."), "undecided"),
    ],
)
async def test_only_what_does_not_depend_on_the_order_counts(answers: tuple[str, str], opinion: Opinion) -> None:
    # GIVEN a situation in which left was done, and the coach would go up WHEN the model is asked to compare them
    model: Advisor
    model = fake = Answers(*answers)
    found = await _compared(model, Situation(Frame(Image.new("RGB", (40, 30))), PROFILE), "left", "up")
    # THEN it is asked once with each of them first
    assert [question.index("left") < question.index("up") for question in fake.asked] == [True, False]
    assert found == opinion
