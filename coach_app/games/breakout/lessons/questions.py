"""What a coach of Breakout is asked."""

PROMPT = "Please tell me in 200 characters or less whether it is better to move the bar to the left or right."
MOVE_QUESTIONS = (
    "What should I do first in this image? Please answer in 200 characters.",
    "Please tell me in 200 characters what the player should do next, and why.",
    "What should I do next?",
    "What should I do?",
    "What do I do now?",
    "What now?",
    "What next?",
    "What is the best move?",
    "What's the best move now?",
    "What is the next move?",
    "Where should the bar go?",
    "Left or right?",
    "Which way should I move?",
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
LANDS = (
    "Where will the ball land?",
    "Where does the ball come down?",
    "Where will the ball come down?",
    "Where is the ball going to land?",
)
FLIES = (
    "Where does the ball fly?",
    "Which way does the ball fly?",
    "Where is the ball going?",
    "In which direction does the ball move?",
)
BALL = ("Where is the ball?", "Where's the ball?", "Do you see the ball?", "At which column is the ball?")
BAR = ("Where is the bar?", "Where is the paddle?", "Where am I?", "Where's my bar?")
BALLS = (
    "How many balls do I have left?",
    "How many balls are left?",
    "How many lives do I have?",
    "How many lives are left?",
)
LAST = ("What was my last move?", "What did I do last?", "Which move did I make before?")
ROWS = (
    "How many rows of bricks are left?",
    "How many rows have bricks?",
    "In how many rows are there bricks?",
)
