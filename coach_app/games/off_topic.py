"""Questions that no practice game's coach can answer: about anything but the game."""

import numpy as np

OFF_TOPIC_QUESTIONS = (
    "Who are you?",
    "What is your name?",
    "Who made this game?",
    "What is the weather like?",
    "What is the capital of France?",
    "How old is the cat?",
    "What is my score?",
    "What time is it?",
    "Write a poem about the sea.",
    "Tell me a joke.",
    "How do I play Fox against Marth?",
    "What is two plus two?",
    "Do you like music?",
    "Which character is the best?",
    "What colour is the sky?",
    "Can you open the settings?",
    "How do I beat the boss?",
    "Who won the match yesterday?",
    "What is the meaning of life?",
    "Translate this into German.",
    "How much does this cost?",
    "Where can I buy a new card?",
    "Is it going to rain tomorrow?",
    "Sing a song.",
    "What do you think about football?",
    "hello",
    "thanks",
    "good morning",
)
_WORDS = (
    *("music", "weather", "boss", "stage", "sword", "magic", "potion", "level", "player", "enemy", "dragon", "city"),
    *("train", "market", "book", "film", "star", "river", "money", "phone", "kitchen", "garden", "winter", "summer"),
    *("doctor", "school", "paper", "bread", "coffee", "why", "who", "when", "does", "did", "will", "have", "buy"),
    *("sell", "like", "love", "hate", "read", "write", "sing", "dance", "cook", "drive", "build", "fight", "jump"),
    *("shoot", "my", "your", "his", "their", "some", "any", "every", "never", "always"),
)


def off_topic(rng: np.random.Generator) -> str:
    """One of the questions, or random words."""
    if rng.random() < 0.5:
        return OFF_TOPIC_QUESTIONS[int(rng.integers(len(OFF_TOPIC_QUESTIONS)))]
    return " ".join(rng.choice(_WORDS, int(rng.integers(2, 8)))).capitalize() + "?"


def typed(question: str, rng: np.random.Generator) -> str:
    """The question as a hurried player types it: now and then without capitals or without its mark."""
    if rng.random() < 0.25:
        question = question.lower()
    if rng.random() < 0.2:
        question = question.rstrip("?.")
    return question
