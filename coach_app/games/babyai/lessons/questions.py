"""What a coach of BabyAI is asked."""

PROMPT = "Please tell me in 200 characters what the player should do next, and why."
MOVE_QUESTIONS = (
    "What should I do first in this image? Please answer in 200 characters.",
    "What should I do next?",
    "What should I do?",
    "What do I do now?",
    "What now?",
    "What next?",
    "What is the best move?",
    "What's the best move now?",
    "What is the next move?",
    "Where should I go?",
    "Which way should I go?",
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
NUDGE = (
    "Where should the player look? Please do not say what to do.",
    "Where should the player look? Please do not say what to do.",
    "Where should I look?",
    "What should I look at?",
    "Give me a nudge.",
)
HINT = (
    "What should the player aim for? Please do not say how.",
    "What should the player aim for? Please do not say how.",
    "Give me a hint.",
    "Just a hint, please.",
    "What should I aim for? Don't say how.",
)
MISSION = (
    "What is my mission?",
    "What is the mission?",
    "What am I asked to do?",
    "What do I have to do?",
    "What is the task?",
)
CARRIED = ("What do I carry?", "What do I have?", "What am I carrying?", "Do I carry anything?", "What have I got?")
WHERE = ("Where is the {}?", "Where is a {}?", "Where's the {}?", "Do you see a {}?", "How far is the {}?")
NUMBER = ("How many {} do you see?", "How many {} are there?", "How many {} are in view?")
AHEAD = ("What is ahead?", "What is in front of me?", "What am I facing?", "What do I look at?")
