"""What a coach of Crafter is asked."""

PROMPT = "Please tell me in 200 characters what the player should do next, and why."
DEFAULT_PROMPT = "What should I do first in this image? Please answer in 200 characters."
MOVE_QUESTIONS = (
    DEFAULT_PROMPT,
    "What should I do next?",
    "What should I do?",
    "What do I do now?",
    "What now?",
    "What next?",
    "What is the best move?",
    "What's the best move now?",
    "What is the next move?",
    "Where should I go?",
    "Where should I go next?",
    "Which way should I go?",
    "How do I survive?",
    "How can I win?",
    "Help me.",
    "Tell me the next move.",
    "Please advise my next step.",
)
EXPLAIN = (
    "Explain step by step.",
    "Explain your advice step by step.",
    "Why?",
    "Think step by step: what should I do?",
    "How did you decide that?",
)
NUDGE_PROMPT = "Where should the player look? Please do not say what to do."
HINT_PROMPT = "What should the player aim for? Please do not say how."
NUDGE = (
    NUDGE_PROMPT,
    NUDGE_PROMPT,
    "Where should I look?",
    "What should I look at?",
    "What should I watch?",
    "Give me a nudge.",
)
HINT = (
    HINT_PROMPT,
    HINT_PROMPT,
    "Give me a hint.",
    "Just a hint, please.",
    "What should I aim for? Don't say how.",
)
AIM = (
    "What should I aim for?",
    "What is my goal now?",
    "What do I need?",
    "What matters now?",
)
NUMBER = (
    "How much {} do I have?",
    "How many {}s do I have?",
    "How many {} have I got?",
    "Do I have any {}?",
    "How much {} is left?",
)
VITAL = (
    "How is my {}?",
    "What is my {}?",
    "How much {} do I have?",
    "How much {} is left?",
)
TOOL = ("Do I have a {}?", "Have I got a {}?", "Did I make a {}?")
WHERE = ("Where is the {}?", "Where is {}?", "Where's the nearest {}?", "Is there a {} near?", "Do you see {}?")
MAKE = ("Can I make a {} here?", "Can I make a {}?", "Can I craft a {} now?", "What do I need for a {}?")
PLACE = ("Can I place a {} here?", "Can I place a {}?", "What do I need for a {}?")
FACE = ("What am I facing?", "What is in front of me?", "What do I look at?")
LIGHT = ("Is it night?", "Is it dark?", "Is it day?", "What time of day is it?")
DANGER = (
    "Is there any danger?",
    "Am I safe?",
    "Is there an enemy near?",
    "What threatens me?",
    "Are there zombies near?",
)
HAVE = ("What do I have?", "What is in my inventory?", "What do I carry?")
