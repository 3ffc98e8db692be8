"""What a coach of Montezuma's Revenge is asked."""

PROMPT = "What should I do first in this image? Please answer in 200 characters."
MOVE_QUESTIONS = (
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
    "Should I jump?",
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
WHERE = ("Where am I?", "Where is Joe?", "Where is the player?", "Where do I stand?")
SKULL = ("Where is the skull?", "Is the skull near?", "How far is the skull?", "Which way does the skull roll?")
CARRIED = ("What do I carry?", "What do I have?", "Do I have the key?", "Have I got the key?", "Where is the key?")
LIVES = ("How many lives do I have?", "How many lives are left?", "How many hats are left?", "How many lives?")
DOORS = ("Which doors are shut?", "Is a door open?", "Are the doors open?", "Which door is open?")
LAST = ("What was my last move?", "What did I do last?", "Which move did I make?")
