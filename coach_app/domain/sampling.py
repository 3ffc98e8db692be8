"""How the words of an answer are chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sampling:
    """Chooses each token of an answer by its probability.

    Attributes:
        temperature: 0 always takes the most likely one; 1 draws by the model's probabilities.
        top_p: only the most likely ones that together have this probability are drawn from (Holtzman et al. 2020,
            arXiv:1904.09751).
        seed: of the draw, where the model runs here.
        avoided_beginning: words with whose first token the answer does not begin, where the model runs here; empty
            avoids nothing.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    avoided_beginning: str = ""


GREEDY = Sampling()
