"""What players of Melee ask, as templates: material of `coach_app.training.tips.melee_pairs`.

In a template ``{p}`` is who is played, ``{o}`` the opponent, ``{t}`` a topic, ``{m}`` a move, ``{s}`` a stage, ``{w}``
where in the game; "does {p}" becomes "do the Ice Climbers".
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Something that sentences are about.

    Args:
        key: in the meaning of a question.
        noun: in a question.
        pattern: a regular expression that finds it in a sentence, in small letters.
        owners: slugs of those who have it; empty where everybody has.
        short: how players write it, where that is shorter.
    """

    key: str
    noun: str
    pattern: str
    owners: tuple[str, ...] = ()
    short: str = ""


_SPACE_ANIMALS = ("fox", "falco")

TOPICS: tuple[Topic, ...] = (
    Topic("turnips", "turnips", r"turnip", ("peach",)),
    Topic("float", "float", r"\bfloats?\b|floating|float-cancel", ("peach",)),
    Topic("parasol", "parasol", r"parasol", ("peach",)),
    Topic("rest", "Rest", r"\brest\b", ("jigglypuff",)),
    Topic("pound", "Pound", r"\bpound\b", ("jigglypuff",)),
    Topic("wall-of-pain", "the wall of pain", r"wall of pain", ("jigglypuff",)),
    Topic("needles", "needles", r"needle", ("sheik",)),
    Topic("vanish", "Vanish", r"\bvanish\b", ("sheik",)),
    Topic("boost-grab", "the boost grab", r"boost grab", ("sheik",)),
    Topic("lasers", "lasers", r"\blasers?\b", _SPACE_ANIMALS),
    Topic("multishine", "multishine", r"multishine", ("fox",)),
    Topic("waveshine", "waveshine", r"waveshin", ("fox",)),
    Topic("shine-spike", "shine spikes", r"shine spike", ("fox",)),
    Topic("shine", "shine", r"\bshine\b", _SPACE_ANIMALS),
    Topic("drill", "the drill", r"\bdrill\b", ("fox",)),
    Topic("pillar", "the pillar", r"pillar", ("falco",)),
    Topic("illusion", "Illusion", r"\billusion\b", ("fox",)),
    Topic("firefox", "Firefox", r"\bfirefox\b", ("fox",)),
    Topic("phantasm", "Phantasm", r"\bphantasm\b", ("falco",)),
    Topic("firebird", "Firebird", r"\bfirebird\b", ("falco",)),
    Topic("tipper", "the tipper", r"tipper|\btip of the sword", ("marth",)),
    Topic("dolphin-slash", "Dolphin Slash", r"dolphin slash", ("marth",)),
    Topic("dancing-blade", "Dancing Blade", r"dancing blade", ("marth",)),
    Topic("shield-breaker", "Shield Breaker", r"shield breaker", ("marth",)),
    Topic("counter", "Counter", r"\bcounter\b", ("marth",)),
    Topic("knee", "the knee", r"\bknee\b", ("captain-falcon",)),
    Topic("stomp", "the stomp", r"\bstomp\b", ("captain-falcon",)),
    Topic("raptor-boost", "Raptor Boost", r"raptor boost", ("captain-falcon",)),
    Topic("falcon-dive", "Falcon Dive", r"falcon dive", ("captain-falcon",)),
    Topic("falcon-kick", "Falcon Kick", r"falcon kick", ("captain-falcon",)),
    Topic("gentleman", "the gentleman", r"gentleman", ("captain-falcon",)),
    Topic("blizzard", "Blizzard", r"blizzard", ("ice-climbers",)),
    Topic("ice-shot", "Ice Shot", r"ice shot", ("ice-climbers",)),
    Topic("squall", "Squall Hammer", r"squall", ("ice-climbers",)),
    Topic("belay", "Belay", r"\bbelay\b", ("ice-climbers",)),
    Topic("desync", "desyncs", r"desync", ("ice-climbers",)),
    Topic("wobbling", "wobbling", r"wobbl", ("ice-climbers",)),
    Topic("hand-off", "hand-offs", r"hand-off|hand off", ("ice-climbers",)),
    Topic("nana", "Nana", r"\bnana\b", ("ice-climbers",)),
    Topic("popo-alone", "a lone Popo", r"popo alone|lone popo|only popo|sopo", ("ice-climbers",)),
    Topic("tech-chase", "tech chases", r"tech chas|tech-chas"),
    Topic("chain-grab", "chain grabs", r"chain grab|chain-grab|regrab"),
    Topic("crouch-cancel", "crouch cancel", r"crouch cancel|crouch-cancel", short="cc"),
    Topic("wavedash", "the wavedash", r"wavedash"),
    Topic("dash-dance", "the dash dance", r"dash dance|dash-dance"),
    Topic("neutral-air", "neutral air", r"neutral air", short="nair"),
    Topic("forward-air", "forward air", r"forward air", short="fair"),
    Topic("back-air", "back air", r"back air", short="bair"),
    Topic("up-air", "up air", r"\bup air", short="uair"),
    Topic("down-air", "down air", r"down air", short="dair"),
    Topic("up-tilt", "up tilt", r"\bup tilt", short="utilt"),
    Topic("down-tilt", "down tilt", r"down tilt", short="dtilt"),
    Topic("forward-tilt", "forward tilt", r"forward tilt", short="ftilt"),
    Topic("up-smash", "up smash", r"\bup smash", short="upsmash"),
    Topic("down-smash", "down smash", r"down smash", short="dsmash"),
    Topic("forward-smash", "forward smash", r"forward smash", short="fsmash"),
    Topic("up-throw", "up throw", r"\bup throw", short="uthrow"),
    Topic("down-throw", "down throw", r"down throw", short="dthrow"),
    Topic("forward-throw", "forward throw", r"forward throw", short="fthrow"),
    Topic("dash-attack", "dash attack", r"dash attack"),
    Topic("jab", "the jab", r"\bjab\b"),
    Topic("grab", "grabs", r"\bgrabs?\b"),
    Topic("double-jump", "the double jump", r"double jump|five jumps|last jump"),
    Topic("platforms", "platforms", r"platform"),
    Topic("di", "DI", r"\bdi\b", short="di"),
    Topic("teching", "teching", r"\btech(?:es|s)?\b"),
    Topic("shield", "shields", r"\bshields?\b"),
    Topic("ledge", "the ledge", r"\bledge\b"),
    Topic("projectiles", "projectiles", r"projectile"),
)

USE = (
    "How should {p} use {t} {w}?",
    "How do I use {t} {w} as {p}?",
    "When should I use {t} {w} as {p}?",
    "As {p}, what do I do with {t} {w}?",
    "I main {p}. How do I get the most out of {t} {w}?",
    "What is the right way for {p} to use {t} {w}?",
    "Give me advice on {t} {w} for {p}.",
)
ABOUT = (
    "What should I know about {t} {w} as {p}?",
    "What about {t} {w} when I play {p}?",
    "As {p}, what do I need to know about {t} {w}?",
    "Tell me about {t} {w} with {p}.",
    "I main {p}. What is there to say about {t} {w}?",
)
WORKS = (
    "How do {p}'s {t} work?",
    "What do {p}'s {t} do?",
    "Explain {p}'s {t} to me.",
    "What should I know about {p}'s {t}?",
    "What is there to know about {t} as {p}?",
)
DEAL = (
    "How do I deal with {o}'s {t} as {p}?",
    "What can {p} do about {o}'s {t}?",
    "How should {p} handle {o}'s {t}?",
    "As {p}, what do I do against {o}'s {t}?",
    "I play {p} and lose to {o}'s {t}. What should I do?",
    "{p} vs {o}: how do I deal with {t}?",
)
USE_AGAINST = (
    "How should {p} use {t} against {o}?",
    "How do I use {t} as {p} against {o}?",
    "When should I use {t} as {p} vs {o}?",
    "{p} vs {o}: how do I use {t}?",
    "I play {p} against {o}. How do I get the most out of {t}?",
)
ABOUT_AGAINST = (
    "What should I know about {t} as {p} against {o}?",
    "What about {t} in {p} vs {o}?",
    "As {p} against {o}, what do I need to know about {t}?",
    "{p} vs {o}: what is there to say about {t}?",
    "I play {p} against {o}. Tell me about {t}.",
)


@dataclass(frozen=True)
class Aspect:
    """A question that a kind of section answers.

    Args:
        key: in the meaning of the question.
        pattern: a regular expression of the sentences that answer it; empty for how the section begins.
        questions: templates.
        without: a regular expression of sentences that do not.
        most: at most so many sentences, and what they lean on.
    """

    key: str
    pattern: str
    questions: tuple[str, ...]
    without: str = r"(?!)"
    most: int = 2


CONCEPTS = re.compile(
    r"\b(?:"
    r"platforms?|ledge|centre|ceiling|blast zones?|wall|distance|close|behind|outside|above|below|low|high|"
    r"late|early|grabs?|throws?|shields?|roll|jump|double jump|run|dash|walk|wait|drift|land(?:ing|s)?|lag|"
    r"range|reach|speed|charged?|recovery|combos?|kills?|juggle|projectiles?|damage|percent|timing|rhythm|"
    r"height|sideways|to the side|upwards|light|heavy|floaty|fast fallers?|weak|strong|short hop|full hop|"
    r"fast fall|powershield|out of shield|tech|missed tech|edge-hog|intangible|sweetspot|spike|meteor|"
    r"stuns?|stunned|asleep|sleep"
    r")\b"
)
"""What an answer is about where it names no move: a fact of it, before its rare words."""

WHERE = {
    "neutral": ("in neutral", "in the neutral game"),
    "punish": ("in the punish game", "as a punish"),
    "combos": ("in combos", "for combos"),
    "edge-guard": ("for edge-guarding", "when edge-guarding"),
    "recovery": ("when recovering", "for recovery"),
    "defence": ("in defence", "when defending"),
}
"""How a section's part of the game is said."""

ASPECTS: dict[str, tuple[Aspect, ...]] = {
    "win": (
        Aspect(
            "plan",
            "",
            (
                "How do I win as {p}?",
                "How does {p} win?",
                "What is {p}'s game plan?",
                "How do I win more games with {p}?",
                "What is the main idea of playing {p}?",
                "I just picked up {p}. How do I win?",
            ),
        ),
        Aspect(
            "weakness",
            r"weak|struggle|light and|dies? |slow on|short:|lightest|never let",
            (
                "What are {p}'s weaknesses?",
                "What is {p} bad at?",
                "What should I watch out for when I play {p}?",
                "Where is {p} weak?",
            ),
        ),
        Aspect(
            "kill",
            r"\bkill|finish|end the stock",
            (
                "How does {p} kill?",
                "Which moves kill as {p}?",
                "How do I finish stocks with {p}?",
                "What are {p}'s kill moves?",
            ),
        ),
    ),
    "neutral": (
        Aspect(
            "plan",
            "",
            (
                "How does {p} play neutral?",
                "What is {p}'s neutral game?",
                "What do I do in neutral as {p}?",
                "How do I win neutral with {p}?",
                "What matters in neutral when I play {p}?",
            ),
        ),
        Aspect(
            "approach",
            r"approach|come in|run in|walk up",
            (
                "How does {p} approach?",
                "What is {p}'s safest approach in neutral?",
                "How do I get in with {p} in neutral?",
                "How do I start an approach as {p}?",
            ),
        ),
    ),
    "punish": (
        Aspect(
            "plan",
            "",
            (
                "What is {p}'s punish game?",
                "How does {p} punish?",
                "What is {p}'s best punish?",
                "How do I punish mistakes as {p}?",
            ),
        ),
        Aspect(
            "fast-fallers",
            r"fast faller|fast-faller|against fox",
            (
                "How does {p} punish fast fallers?",
                "What is {p}'s punish on fast fallers?",
                "As {p}, what do I do after a grab on a fast faller?",
                "Which punish should {p} use against fast fallers?",
            ),
        ),
        Aspect(
            "missed-rest",
            r"missed rest|broken shield|shield break",
            (
                "How does {p} punish a broken shield?",
                "What is {p}'s punish for a missed Rest?",
                "What do I do as {p} after a shield break?",
                "The opponent missed Rest. What do I do as {p}?",
            ),
        ),
        Aspect(
            "kill",
            r"\bkill|finish",
            (
                "How does {p} finish a punish?",
                "What ends {p}'s punish at kill percent?",
                "Which finisher should {p} use in the punish game?",
                "How do I turn a punish into a kill as {p}?",
            ),
        ),
    ),
    "combos": (
        Aspect(
            "basic",
            "",
            (
                "What is {p}'s basic combo?",
                "Which combos should I learn first as {p}?",
                "What are {p}'s best combos?",
                "How do I combo with {p}?",
            ),
        ),
        Aspect(
            "low-percent",
            r"low percent|low and middle",
            (
                "What are {p}'s combos at low percent?",
                "Which combos work at low percent as {p}?",
                "How do I start combos early with {p}?",
            ),
        ),
        Aspect(
            "end",
            r"\bend(?:s|ing)? |finish|kill|carry|carries",
            (
                "How does {p} end a combo?",
                "What finishes {p}'s combos?",
                "How do I get a kill out of a combo as {p}?",
            ),
        ),
    ),
    "edge-guard": (
        Aspect(
            "plan",
            "",
            (
                "How does {p} edge-guard?",
                "How do I edge-guard as {p}?",
                "What are {p}'s best edge-guards?",
                "What do I do as {p} when the opponent is off the stage?",
            ),
        ),
        Aspect(
            "ledge-hold",
            r"(?:hold|take|grab)s? (?:the )?(?:ledge|it)",
            (
                "When should {p} hold the ledge?",
                "How does {p} use the ledge for edge-guarding?",
                "Should I take the ledge as {p} when edge-guarding?",
                "How do I edge-hog with {p}?",
            ),
        ),
        Aspect(
            "risk",
            r"do not|risky|too deep|seldom|instead",
            (
                "What should {p} avoid when edge-guarding?",
                "What are the risks of edge-guarding as {p}?",
                "What mistakes do I make when I edge-guard as {p}?",
            ),
        ),
    ),
    "recovery": (
        Aspect(
            "plan",
            "",
            (
                "How does {p} recover?",
                "What is {p}'s recovery like?",
                "How do I get back to the stage as {p}?",
                "Which moves does {p} recover with?",
                "How do I recover as {p}?",
            ),
        ),
        Aspect(
            "mix-up",
            r"\bmix|vary|change height|different|high |timing",
            (
                "How does {p} mix up the recovery?",
                "How do I make {p}'s recovery less predictable?",
                "Should {p} recover high or low?",
                "What recovery mix-ups does {p} have?",
            ),
        ),
        Aspect(
            "wall",
            r"\bwall\b|survive|di up",
            (
                "How does {p} survive hits when recovering?",
                "What should {p} do when hit near the wall?",
                "How do I live longer on the way back as {p}?",
            ),
        ),
    ),
    "defence": (
        Aspect(
            "plan",
            "",
            (
                "How does {p} defend?",
                "What are {p}'s options out of shield?",
                "What is {p}'s best defence?",
                "What do I do under pressure as {p}?",
            ),
        ),
        Aspect(
            "juggle",
            r"juggl|above|combo|throws?\b.*di\b|chain grab|^di fully",
            (
                "How does {p} get out of juggles and combos?",
                "What do I do as {p} when I am being comboed?",
                "How do I escape combos with {p}?",
                "How do I get down safely as {p}?",
            ),
        ),
        Aspect(
            "survive",
            r"surviv|dies early|lives? long|kills off",
            (
                "How do I survive longer as {p}?",
                "How should {p} DI to survive?",
                "What keeps {p} alive at high percent?",
            ),
        ),
        Aspect(
            "pressure",
            r"pressure|hold shield|shine",
            (
                "How does {p} escape shield pressure?",
                "What do I do as {p} when someone pressures my shield?",
                "Should {p} hold shield?",
            ),
        ),
    ),
    "stages": (
        Aspect(
            "best",
            "",
            (
                "What are the best stages for {p}?",
                "Which stage should I pick as {p}?",
                "What is {p}'s best stage?",
                "Where should {p} counterpick?",
                "What stages is {p} good on?",
            ),
        ),
        Aspect(
            "ban",
            r"\bbans?\b|worst|bad for|avoids?",
            (
                "Which stage should {p} ban?",
                "What is {p}'s worst stage?",
                "What stages are bad for {p}?",
                "What do I ban as {p}?",
            ),
        ),
    ),
    "vs": (
        Aspect(
            "plan",
            "",
            (
                "How do I beat {o} as {p}?",
                "How does {p} win against {o}?",
                "What is the plan for {p} vs {o}?",
                "How do I play {p} against {o}?",
                "I main {p} and keep losing to {o}. What should I do?",
                "{p} vs {o}, any tips?",
                "How should {p} fight {o}?",
            ),
        ),
        Aspect(
            "pick",
            r"\bpick |the best stages",
            (
                "What are the best stages to pick as {p} against {o}?",
                "Which stage should {p} pick against {o}?",
                "Where should I take {o} when I play {p}?",
                "{p} vs {o}: which stage do I counterpick?",
                "Which stages are good for {p} versus {o}?",
            ),
        ),
        Aspect(
            "ban",
            r"\bban ",
            (
                "Which stage should {p} ban against {o}?",
                "What do I ban as {p} vs {o}?",
                "{p} against {o}: which stage is worst?",
                "What stage should I avoid as {p} against {o}?",
            ),
        ),
        Aspect(
            "edge-guard",
            r"off the stage|edge-guard|hold(?:s|ing)? the ledge|held ledge|recovers badly|recovery is|at the ledge,|"
            r"weak recovery",
            (
                "How do I edge-guard {o} as {p}?",
                "How does {p} edge-guard {o}?",
                "What do I do as {p} when {o} is off the stage?",
                "{p} vs {o}: how do I stop the recovery?",
                "How do I finish {o} off the stage with {p}?",
            ),
            r"when {p} (?:is|recovers)|{p} must recover|{p} (?:should )?recover|edge-guards you",
        ),
        Aspect(
            "recover",
            r"{p} (?:must |should )?recover|when {p} is off|edge-guards you|^recover ",
            (
                "How should {p} recover against {o}?",
                "How do I get back to the stage as {p} when {o} edge-guards me?",
                "What recovery should I use as {p} vs {o}?",
                "As {p}, how do I recover safely against {o}?",
            ),
        ),
        Aspect(
            "kill",
            r"\bkill(?:s|ed)?\b",
            (
                "How do I kill {o} as {p}?",
                "Which moves kill {o} when I play {p}?",
                "How does {p} take {o}'s stock?",
                "What does {p} kill {o} with?",
            ),
            r"is (?:his|her) kill|kills? (?:{p}|you)\b|kills (?:a )?light|do not|never|wobbling|{p} dies|dies early to|"
            r"(?:^|so |and |but )(?:{o}|{o}'s|his|her|their) [^,.]*kill|below kill",
        ),
        Aspect(
            "missed-rest",
            r"miss(?:es|ed) rest",
            (
                "{o} missed Rest. What do I do as {p}?",
                "How does {p} punish {o}'s missed Rest?",
                "What is the punish for {o}'s missed Rest as {p}?",
            ),
        ),
        Aspect(
            "approach",
            r"approach|come in|get past|get inside|cross the floor|get through|step by step",
            (
                "How does {p} approach {o}?",
                "How do I get in on {o} as {p}?",
                "{p} vs {o}: how do I approach?",
                "What is a good way in against {o} as {p}?",
            ),
            r"(?:his|her|their|its|slow|bad|against) approach|approaches|(?:he|she|they|{o}) (?:has|have|must|wants?) "
            r"to|make (?:him|her|them|{o})|do not approach",
        ),
        Aspect(
            "avoid",
            r"\bdo not\b|\bnever\b|\bavoid\b|stay out|\bfear",
            (
                "What should {p} avoid against {o}?",
                "What mistakes should I not make as {p} vs {o}?",
                "What must I never do as {p} against {o}?",
                "{p} vs {o}: what should I be careful about?",
            ),
        ),
    ),
}

EXTRA: dict[str, tuple[Aspect, ...]] = {
    "falco-vs-peach": (
        Aspect(
            "turnips",
            r"shine reflects the turnip|onto a platform avoids|catches it",
            (
                "How do I deal with {o}'s turnips as {p}?",
                "What can {p} do about {o}'s turnips?",
                "I play {p} and get hit by turnips all the time. What should I do?",
                "As {p}, how do I answer a turnip in the air?",
                "{p} vs {o}: what beats turnips?",
            ),
            most=3,
        ),
        Aspect(
            "pulling",
            r"not letting her pull",
            (
                "What do I do as {p} while {o} pulls a turnip?",
                "How do I stop {o} from pulling turnips as {p}?",
                "Do lasers stop {o} from getting turnips when I play {p}?",
            ),
        ),
    ),
}
"""What a single section answers beyond what others of its kind do; wins over a topic of the same key."""

NOT_ANSWERED = frozenset(
    {
        "captain-falcon-vs-fox/kill",
        "falco-tech/lasers",
        "falco-vs-ice-climbers/approach",
        "fox-tech/lasers",
        "fox-vs-ice-climbers/approach",
        "fox-vs-sheik/tech-chase",
        "ice-climbers-tech/popo-alone",
        "ice-climbers-vs-fox/approach",
        "jigglypuff-vs-falco/up-tilt",
        "jigglypuff-vs-peach/forward-air",
        "jigglypuff-vs-sheik/forward-air",
        "marth-vs-captain-falcon/kill",
        "marth-vs-jigglypuff/up-air",
        "peach-edge-guard/parasol",
        "peach-vs-jigglypuff/approach",
        "peach-vs-jigglypuff/float",
        "sheik-tech/vanish",
    }
)
"""Meanings whose sentences turned out, when read, to say nothing about them."""

FRAME = (
    "On which frame does {p}'s {m} hit?",
    "How fast is {p}'s {m}?",
    "What frame does {p}'s {m} come out on?",
    "How many frames does {p}'s {m} take to hit?",
    "Is {p}'s {m} fast?",
)
JUMPSQUAT = (
    "How long is {p}'s jumpsquat?",
    "How many frames of jumpsquat does {p} have?",
    "What is the length of {p}'s jumpsquat?",
    "How quickly does {p} leave the ground after pressing jump?",
)
STAGE = (
    "Is {s} a good stage for {p}?",
    "How good is {s} for {p}?",
    "Should I pick {s} as {p}?",
    "What does {p} get out of {s}?",
    "I play {p}. What do I think of {s}?",
)

_STAGE_ASPECTS = (
    Aspect(
        "layout", "", ("What is {s} like?", "How is {s} built?", "What is special about {s}?", "Describe {s} to me.")
    ),
    Aspect(
        "pick",
        r"\bpicks? |\blikes? it|helps",
        (
            "Who should pick {s}?",
            "Which characters like {s}?",
            "Who is {s} good for?",
            "When do I counterpick to {s}?",
        ),
    ),
    Aspect(
        "ban",
        r"\bbans? |hurts?|worst",
        ("Who should ban {s}?", "Which characters dislike {s}?", "Who is {s} bad for?", "When should I ban {s}?"),
    ),
    Aspect(
        "size",
        r"ceiling|sides are|blast zone|smallest|largest",
        (
            "How big is {s}?",
            "How high is the ceiling of {s}?",
            "Do kills come early on {s}?",
            "How far are the sides of {s}?",
        ),
    ),
    Aspect(
        "hazard",
        r"randall|shy guys|whispy|from time to time|move up and down|\blip\b",
        (
            "What moves or gets in the way on {s}?",
            "What should I watch out for on {s}?",
            "Are there any hazards on {s}?",
        ),
    ),
    Aspect(
        "ledges",
        r"\bledges?\b|\bwalls?\b|edges",
        ("How are the ledges of {s}?", "Is recovering on {s} hard?", "What about the walls and ledges of {s}?"),
    ),
)


def _what(noun: str) -> tuple[str, ...]:
    return (f"What is {noun}?", f"What does {noun} mean?", f"Can you explain {noun}?", f"What is {noun} in Melee?")


GENERAL: dict[str, tuple[Aspect, ...]] = {
    "general-game-plan": (
        Aspect(
            "plan",
            "",
            (
                "How do I win a stock in Melee?",
                "What are the parts of a Melee stock?",
                "What is a good game plan in Melee?",
            ),
        ),
        Aspect(
            "neutral",
            r"in neutral|outside the opponent|one safe hit",
            (
                "What is neutral in Melee?",
                "What do I do in neutral in general?",
                "How do I play neutral no matter the character?",
            ),
        ),
        Aspect(
            "punish",
            r"in the punish|send them",
            (
                "What should I think about during a punish?",
                "In general, where do I send the opponent in a punish?",
                "Which two questions do I ask in a punish?",
            ),
        ),
        Aspect(
            "off-stage",
            r"off the stage",
            (
                "Why are edge-guards so important in Melee?",
                "Where do most stocks in Melee end?",
                "Should I learn combos or edge-guards first?",
            ),
        ),
        Aspect(
            "disadvantage",
            r"disadvantage|use di first",
            (
                "What do I do in disadvantage?",
                "How do I get out of disadvantage in Melee?",
                "I am being hit all the time in Melee. What comes first?",
            ),
        ),
    ),
    "general-l-cancel": (
        Aspect("what", "", (*_what("an L-cancel"), "What does L-cancelling do?")),
        Aspect(
            "how",
            r"press l, r|light press|must land",
            (
                "How do I L-cancel?",
                "What is the timing of an L-cancel?",
                "Which button do I press to L-cancel?",
                "How many frames do I have to L-cancel?",
            ),
        ),
        Aspect(
            "hit",
            r"timing changes|hitting a shield",
            (
                "Why do I miss L-cancels when I hit something?",
                "Does the L-cancel timing change on shield?",
                "How does hitlag change L-cancels?",
            ),
        ),
        Aspect(
            "who",
            r"matters most|float cancel",
            (
                "For which moves does L-cancelling matter most?",
                "Does Peach need to L-cancel?",
                "Who needs the L-cancel most?",
            ),
        ),
        Aspect(
            "practise",
            r"practise|no cost",
            ("How do I practise L-cancels?", "Should I L-cancel every aerial?", "Is there a downside to L-cancelling?"),
        ),
    ),
    "general-wavedash": (
        Aspect("what", "", (*_what("a wavedash"),)),
        Aspect(
            "how",
            r"press jump|flatter|landing lag",
            (
                "How do I wavedash?",
                "What are the inputs of a wavedash?",
                "How do I get a longer wavedash?",
                "How much lag does a wavedash have?",
            ),
        ),
        Aspect(
            "why",
            r"use the wavedash",
            ("What is a wavedash good for?", "When should I wavedash?", "Why would I wavedash instead of walking?"),
        ),
        Aspect(
            "who",
            r"low traction",
            ("Who has the longest wavedash?", "Which characters slide far on a wavedash?", "Whose wavedash is short?"),
        ),
        Aspect(
            "waveland",
            r"waveland|along platforms",
            ("What is a waveland?", "How do I waveland?", "What is the quickest way to move along platforms?"),
        ),
        Aspect(
            "jumpsquat",
            r"jumpsquat length",
            (
                "Why is wavedash timing different for each character?",
                "Which characters have a 3 frame jumpsquat?",
                "How long are the jumpsquats of the cast?",
            ),
        ),
    ),
    "general-di": (
        Aspect("what", "", (*_what("DI"), "What is directional influence?")),
        Aspect(
            "how",
            r"right angle|exactly along",
            (
                "How do I hold the stick for good DI?",
                "When does DI work best?",
                "Which direction gives the strongest DI?",
            ),
        ),
        Aspect(
            "survive",
            r"to survive",
            (
                "How do I DI to survive?",
                "What DI do I use against a strong hit to the side?",
                "How do I DI hits straight up?",
            ),
        ),
        Aspect(
            "combos",
            r"escape combos|mix it",
            ("How do I DI out of combos?", "Which DI escapes combos?", "Should I DI in or away when I am comboed?"),
        ),
        Aspect(
            "throws",
            r"throw",
            ("Can I DI throws?", "When do I hold DI against a throw?", "How does DI on throws work?"),
        ),
        Aspect(
            "when", r"last frame", ("When is DI read?", "When do I have to hold DI?", "Is DI before or after hitlag?")
        ),
    ),
    "general-crouch-cancel": (
        Aspect("what", "", (*_what("crouch cancel"), "What does crouch cancelling do?")),
        Aspect(
            "beat",
            r"beat crouch cancel",
            (
                "How do I beat crouch cancel?",
                "What works against someone who crouch cancels?",
                "Which moves beat crouch cancelling?",
            ),
        ),
        Aspect(
            "peach",
            r"peach's down smash",
            (
                "Should I crouch cancel Peach's down smash?",
                "Which move should I never crouch cancel?",
                "Is crouch cancelling good against Peach's down smash?",
            ),
        ),
        Aspect(
            "asdi",
            r"asdi",
            ("What is ASDI down?", "How do I use ASDI down?", "How do weak hits leave me on the floor?"),
        ),
        Aspect(
            "sdi",
            r"smash di|multi-hit",
            ("What is smash DI?", "How do I smash DI?", "How do I get out of multi-hit moves?"),
        ),
    ),
    "general-tech": (
        Aspect("what", "", (*_what("a tech"), "How do I tech?")),
        Aspect(
            "timing",
            r"20 frames|lock-out",
            (
                "What is the timing of a tech?",
                "How many frames do I have to tech?",
                "What happens when I press tech too early?",
            ),
        ),
        Aspect(
            "options",
            r"four results|vary them",
            (
                "What tech options do I have?",
                "What can happen when I am knocked to the floor?",
                "Why should I vary my techs?",
            ),
        ),
        Aspect(
            "missed",
            r"missed tech you|jab reset",
            ("What can I do after a missed tech?", "What is a jab reset?", "I missed a tech. What now?"),
        ),
        Aspect(
            "wall", r"wall tech", ("What is a wall tech?", "How do I tech a wall?", "When does a wall tech save me?")
        ),
    ),
    "general-tech-chase": (
        Aspect("what", "", (*_what("a tech chase"),)),
        Aspect(
            "how",
            r"choose the place|first frames|can be hit|cover two",
            ("How do I tech chase?", "Where do I stand for a tech chase?", "What if I cannot react to every tech?"),
        ),
        Aspect(
            "who",
            r"sheik and captain falcon",
            (
                "Who is good at tech chases?",
                "Which characters tech chase fast fallers?",
                "What is the best tool for tech chases?",
            ),
        ),
        Aspect(
            "platforms",
            r"platform",
            (
                "How do I cover a tech on a platform?",
                "How do platforms change tech chases?",
                "What hits a tech on a platform?",
            ),
        ),
        Aspect(
            "defend",
            r"defender|di to the ledge",
            (
                "How do I escape a tech chase?",
                "What does the defender do in a tech chase?",
                "I always get tech chased. What helps?",
            ),
        ),
    ),
    "general-shield": (
        Aspect(
            "what",
            "",
            (
                "What does a shield do in Melee?",
                "How do shields work?",
                "What beats a shield?",
                "What happens when a shield breaks?",
            ),
        ),
        Aspect(
            "options",
            r"from shield you can|jump opens",
            (
                "What are the options out of shield?",
                "What can I do out of shield?",
                "How long does it take to drop a shield?",
            ),
        ),
        Aspect(
            "fast",
            r"jumpsquat frames",
            ("Who is fast out of shield?", "What decides how fast I am out of shield?", "Is Falco fast out of shield?"),
        ),
        Aspect(
            "powershield",
            r"powershield",
            ("What is a powershield?", "How do I powershield?", "How do I reflect projectiles with a shield?"),
        ),
        Aspect(
            "drop",
            r"shield drop",
            ("What is a shield drop?", "How do I shield drop?", "How do I attack from shield on a platform?"),
        ),
    ),
    "general-dash-dance": (
        Aspect("what", "", (*_what("a dash dance"), "How does the dash dance work?")),
        Aspect(
            "how",
            r"just outside|dash in with",
            (
                "How do I use the dash dance?",
                "Where should I dash dance?",
                "What do I do after they miss in front of my dash dance?",
            ),
        ),
        Aspect(
            "who",
            r"strong dash dances",
            ("Who has a good dash dance?", "Which characters dash dance well?", "Should Peach dash dance?"),
        ),
        Aspect(
            "jc-grab",
            r"jump-cancel grab",
            ("What is a jump-cancel grab?", "How do I do a jump-cancel grab?", "How do I grab quickly out of a run?"),
        ),
        Aspect(
            "mix",
            r"combine it|if you only",
            (
                "What should I mix with the dash dance?",
                "Why do I lose when I only dash dance?",
                "What beats a player who only dash dances?",
            ),
        ),
        Aspect(
            "aerial",
            r"short hop, fast fall",
            ("What makes a quick aerial?", "How do I do fast aerials?", "Which techniques belong to a quick aerial?"),
        ),
    ),
    "general-ledge": (
        Aspect(
            "edge-hog",
            "",
            ("What is an edge-hog?", "Can two characters hold the ledge?", "How does edge-hogging work?"),
        ),
        Aspect(
            "intangible",
            r"intangible for|intangibility stays",
            (
                "How long am I intangible on the ledge?",
                "Does catching the ledge make me intangible?",
                "How many frames of ledge intangibility are there?",
            ),
        ),
        Aspect(
            "options",
            r"options from the ledge|100 percent",
            (
                "What are my options from the ledge?",
                "How do I get up from the ledge?",
                "What changes at the ledge over 100 percent?",
            ),
        ),
        Aspect(
            "ledgedash", r"ledgedash", ("What is a ledgedash?", "How do I ledgedash?", "Why is the ledgedash good?")
        ),
        Aspect(
            "take",
            r"take the ledge",
            (
                "How do I grab the ledge quickly from the stage?",
                "How do I take the ledge?",
                "What is a fast way to the ledge from on stage?",
            ),
        ),
        Aspect(
            "against",
            r"if the opponent edge-hogs",
            (
                "What do I do when the opponent edge-hogs me?",
                "How do I recover when the ledge is taken?",
                "Someone holds the ledge. Where do I land?",
            ),
        ),
    ),
    "general-edge-guard": (
        Aspect(
            "what", "", ("What is edge-guarding?", "Why should I edge-guard?", "What does edge-guarding mean in Melee?")
        ),
        Aspect(
            "look",
            r"first look|takes one away",
            (
                "What should I look at first when edge-guarding?",
                "How do I begin an edge-guard?",
                "What do I watch while the opponent recovers?",
            ),
        ),
        Aspect(
            "places",
            r"in the air:|on the ledge:|on the stage:",
            (
                "Where can I stand to edge-guard?",
                "What are the three ways to edge-guard?",
                "Should I edge-guard from the ledge or in the air?",
            ),
            most=3,
        ),
        Aspect(
            "helpless",
            r"helpless",
            (
                "How do I edge-guard a recovery that ends in helpless fall?",
                "What stops Dolphin Slash and Vanish?",
                "When is holding the ledge the best edge-guard?",
            ),
        ),
        Aspect(
            "projectiles",
            r"projectiles",
            (
                "Are projectiles good for edge-guarding?",
                "How do lasers, needles and turnips help in edge-guards?",
                "How do I edge-guard with projectiles?",
            ),
        ),
        Aspect(
            "unsure",
            r"unsure",
            (
                "What do I do when I am unsure how to edge-guard?",
                "What is the safe default edge-guard?",
                "Which option do I cover first in an edge-guard?",
            ),
        ),
    ),
    "general-recovery": (
        Aspect(
            "plan",
            "",
            (
                "How do I recover safely in general?",
                "What is the idea of a good recovery?",
                "How do I get back to the stage in Melee?",
            ),
        ),
        Aspect(
            "double-jump",
            r"double jump",
            (
                "When should I use my double jump to recover?",
                "Why should I keep the double jump?",
                "Is losing the double jump bad?",
            ),
        ),
        Aspect(
            "sweetspot",
            r"sweetspot",
            (
                "What does it mean to sweetspot the ledge?",
                "How do I sweetspot the ledge?",
                "How do I grab the ledge without being hit?",
            ),
        ),
        Aspect(
            "held",
            r"opponent holds the ledge",
            (
                "How do I recover when the opponent holds the ledge?",
                "Where do I go when the ledge is held?",
                "The ledge is taken. How do I come back?",
            ),
        ),
        Aspect(
            "after",
            r"after returning",
            (
                "What do I do right after recovering?",
                "I made it back to the stage. What now?",
                "Should I attack right after I recover?",
            ),
        ),
    ),
    "general-meteor": (
        Aspect(
            "difference",
            "",
            (
                "What is the difference between a spike and a meteor smash?",
                "What is a meteor smash?",
                "Can spikes be cancelled?",
            ),
        ),
        Aspect(
            "cancel",
            r"meteor cancel,|too early",
            (
                "How do I meteor cancel?",
                "What is the timing of a meteor cancel?",
                "What do I press against a meteor smash?",
            ),
        ),
        Aspect(
            "which",
            r"marth's down air|true spike",
            (
                "Which down airs can be meteor cancelled?",
                "Is Falco's down air a spike?",
                "Can I meteor cancel Marth's down air?",
            ),
        ),
        Aspect(
            "shine",
            r"semi-spike|shine spike",
            ("What is a shine spike?", "Why does Fox's shine kill off the stage?", "What is a semi-spike?"),
        ),
        Aspect(
            "when",
            r"use a spike|further out",
            (
                "When should I go for a spike?",
                "Is a spike or back air better for edge-guarding?",
                "Where does a spike work best?",
            ),
        ),
    ),
    "general-projectiles": (
        Aspect(
            "plan",
            "",
            (
                "How do I deal with projectiles?",
                "What do I do against projectiles in general?",
                "Which range should I avoid against projectiles?",
            ),
        ),
        Aspect(
            "lasers",
            r"laser|against falco|against fox",
            (
                "How do I deal with lasers?",
                "What is the difference between Fox's and Falco's lasers?",
                "How do I get around Falco's lasers?",
            ),
        ),
        Aspect(
            "needles",
            r"needles|make her throw",
            ("How do I deal with needles?", "What do I do against Sheik's needles?", "How do I get past needles?"),
        ),
        Aspect(
            "turnips",
            r"turnip|shielded, reflected|while she pulls",
            ("How do I deal with turnips?", "Can I catch turnips?", "How do I catch a turnip?"),
        ),
        Aspect(
            "ice-shot",
            r"ice shot",
            (
                "How do I deal with Ice Shot?",
                "What do I do against the Ice Climbers' Ice Shot?",
                "How do I avoid Ice Shot?",
            ),
        ),
    ),
    "general-chain-grab": (
        Aspect("what", "", (*_what("a chain grab"),)),
        Aspect(
            "who",
            r"marth's up throw|peach's up throw",
            (
                "Who can chain grab?",
                "Which characters have a chain grab on fast fallers?",
                "Who gets chain grabbed by Marth?",
            ),
        ),
        Aspect("wobbling", r"wobbling", ("What is wobbling?", "Is wobbling legal?", "Can I escape wobbling?")),
        Aspect(
            "defence",
            r"defence is di|only defence",
            (
                "How do I escape a chain grab?",
                "What is the defence against chain grabs?",
                "How do I not die to the Ice Climbers' grab?",
            ),
        ),
        Aspect(
            "stage",
            r"final destination",
            (
                "Where are chain grabs longest?",
                "Which stage do I ban against chain grabs?",
                "Do platforms help against chain grabs?",
            ),
        ),
    ),
    "general-weight": (
        Aspect("fast", "", ("Who are the fast fallers?", "What is a fast faller?", "Which characters fall fast?")),
        Aspect(
            "floaty",
            r"floaty characters are|come back from far",
            ("Who are the floaty characters?", "What is a floaty character?", "Which characters are floaty?"),
        ),
        Aspect(
            "how",
            r"grabs and up airs|single strong",
            (
                "How do I fight fast fallers and floaty characters differently?",
                "What works against floaty characters?",
                "What works against fast fallers?",
            ),
        ),
        Aspect(
            "shine",
            r"knocks down",
            ("Who falls over from Fox's shine?", "Which characters can be waveshined?", "On whom does waveshine work?"),
        ),
    ),
    "general-stage-list": (
        Aspect(
            "legal",
            "",
            ("Which stages are legal in Melee?", "What is the Melee stage list?", "How many stages are legal?"),
        ),
        Aspect(
            "striking",
            r"striking|one strike",
            ("How is the first stage chosen?", "How does stage striking work?", "Which stages are starters?"),
        ),
        Aspect(
            "counterpick",
            r"winner bans|counterpick",
            ("How do counterpicks work?", "Who picks the stage after a game?", "Which stage is the usual counterpick?"),
        ),
        Aspect(
            "character",
            r"chooses a character",
            (
                "Who chooses the character first after a game?",
                "In which order are characters chosen?",
                "Does the winner pick a character first?",
            ),
        ),
        Aspect(
            "rules",
            r"rules differ|common matches",
            ("How many stocks does a match have?", "How long is a tournament match?", "What are common match rules?"),
        ),
    ),
    "general-choosing-stage": (
        Aspect(
            "how",
            "",
            (
                "How do I choose a stage?",
                "What should I look at when I pick a stage?",
                "Which questions help me choose a stage?",
            ),
        ),
        Aspect(
            "ceilings",
            r"ceiling",
            (
                "Which stages have low ceilings?",
                "Where do I kill off the top early?",
                "How do the ceilings of the stages compare?",
            ),
        ),
        Aspect(
            "sides",
            r"sides",
            (
                "Which stages have near sides?",
                "Where do kills to the side come early?",
                "How do the stages compare by their sides?",
            ),
        ),
        Aspect(
            "room",
            r"room helps|small stages",
            ("Who likes big stages?", "Who likes small stages?", "Does a large stage help runners?"),
        ),
        Aspect(
            "platforms",
            r"platforms",
            ("Are platforms good or bad?", "Who gains from a stage without platforms?", "Whom do platforms help?"),
        ),
    ),
    "general-grabs": (
        Aspect(
            "why",
            "",
            ("What does a grab beat?", "When should I grab?", "What do I do against someone who waits in shield?"),
        ),
        Aspect(
            "speed",
            r"frame 7|dash grab",
            ("How fast is a grab?", "On which frame does a standing grab hit?", "Is a dash grab slower?"),
        ),
        Aspect(
            "range",
            r"grab range",
            ("Who has the longest grab?", "Whose grab reaches furthest?", "Which character has the best grab range?"),
        ),
        Aspect(
            "escape",
            r"when you are grabbed|hold your di",
            ("How do I get out of a grab?", "What do I do when I am grabbed?", "How do I mash out of grabs?"),
        ),
        Aspect(
            "throws",
            r"best throws",
            (
                "What are the best throws?",
                "Which throw should I use with my character?",
                "Which throw is best for each character?",
            ),
        ),
    ),
    "general-free-punish": (
        Aspect(
            "what",
            "",
            (
                "How long does Jigglypuff sleep after a missed Rest?",
                "How much time do I have after a missed Rest or a shield break?",
                "Is a broken shield a free punish?",
            ),
        ),
        Aspect(
            "how",
            r"do not panic|walk to",
            (
                "What do I do with a free punish?",
                "How do I use a broken shield calmly?",
                "How do I set up the biggest punish?",
            ),
        ),
        Aspect(
            "who",
            r"charged",
            (
                "Which move punishes a missed Rest?",
                "What does each character use on a broken shield?",
                "Which smash do I charge after a missed Rest?",
            ),
        ),
        Aspect(
            "low",
            r"below kill",
            (
                "What do I do after a missed Rest below kill percent?",
                "Is a combo better than a smash on a stunned opponent?",
                "What gives most against a stunned fast faller?",
            ),
        ),
    ),
    "general-practice": (
        Aspect(
            "first",
            "",
            (
                "What should I practise first in Melee?",
                "How do I start learning Melee?",
                "What do I train as a beginner?",
            ),
        ),
        Aspect(
            "next",
            r"next, learn",
            (
                "What do I learn after movement?",
                "What comes after the basics of movement?",
                "How many punishes should I learn first?",
            ),
        ),
        Aspect(
            "di",
            r"learn di",
            ("How do I learn DI?", "When should I decide on my DI?", "How do I prepare DI for a match?"),
        ),
        Aspect(
            "review",
            r"lost stocks|same mistake",
            (
                "How do I learn from my losses?",
                "What should I write down after a match?",
                "How do I review my matches?",
            ),
        ),
        Aspect(
            "look",
            r"look at the opponent",
            (
                "What should I look at during a match?",
                "Should I watch my own character or the opponent?",
                "What do I remember about my opponent?",
            ),
        ),
        Aspect(
            "habit",
            r"one habit|ten times",
            (
                "How do I change bad habits?",
                "When is a new technique ready?",
                "How many habits should I change at once?",
            ),
        ),
    ),
}
GENERAL |= {
    f"general-{key}": tuple(
        Aspect(aspect.key, aspect.pattern, tuple(question.replace("{s}", name) for question in aspect.questions))
        for aspect in _STAGE_ASPECTS
    )
    for key, name in (
        ("final-destination", "Final Destination"),
        ("battlefield", "Battlefield"),
        ("yoshis-story", "Yoshi's Story"),
        ("fountain-of-dreams", "Fountain of Dreams"),
        ("dream-land", "Dream Land"),
        ("pokemon-stadium", "Pokémon Stadium"),
    )
}
