"""Translates common Japanese questions into English that a coach understands: a phrase book, not a translator.

It covers only questions that it matches completely: where something is, where to go, whether a step is safe, how far it
is. All others are left to a translator, so that no question is misread. A game's own words are in the
``questions_ja.toml`` of its folder.
"""

import re
import tomllib
import unicodedata
from typing import Final

from coach_app.domain.resources import games_dir

_OF_GAMES: Final = [tomllib.loads(file.read_text("utf-8")) for file in sorted(games_dir().glob("*/questions_ja.toml"))]
THINGS: Final[dict[str, str]] = {"ゴール": "goal", "目的地": "goal", "目標": "goal", "危険": "danger"}
for _game in _OF_GAMES:
    THINGS.update(_game.get("things", {}))
_I: Final = f"(?:(?:{'|'.join(['私', *(name for game in _OF_GAMES for name in game.get('player', ()))])})[はを])"
_WAYS: Final = {"上": "up", "下": "down", "左": "left", "右": "right"}
_THING: Final = f"(?P<thing>{'|'.join(sorted(THINGS, key=len, reverse=True))})"
_WAY: Final = f"(?P<way>{'|'.join(_WAYS)})(?:側|方向|隣)?"
_GOOD: Final = "(?:いい|よい|良い)"
_SAFE: Final = "(?:安全|大丈夫|平気|無事|危険|危ない|あぶない)"
_WHERE: Final = "(?:どこ|どっち|どちら|どの方向|どちらの方向|どっちの方向)"
_IS: Final = "(?:に(?:ある|いる|あります|います))"
_NOW: Final = "(?:次は?|今は?|まずは?)?"
_IF_GO: Final = "(?:行けば|進めば|動けば|動かせば|向かえば|行ったら|進んだら|動いたら|動かしたら)"
_STEPS: Final = "(?:何歩|何手|何マス|どれくらい|どのくらい)(?:かかる|かかります|必要|ある|あります)?"

PHRASES: Final = [
    (rf"{_THING}(?:の場所|の位置)?(?:は|って)?今?{_WHERE}{_IS}?", "Where is the {thing}?"),
    (rf"{_THING}(?:の場所|の位置)は?", "Where is the {thing}?"),
    (rf"{_THING}(?:は|って)", "Where is the {thing}?"),
    (rf"{_THING}[はが]?見え(?:る|ます)", "Where is the {thing}?"),
    (rf"(?:私|自分|僕|俺|わたし|ぼく)(?:は|って)?今?どこ{_IS}?", "Where am I?"),
    (r"(?:ここは?|今)どこ", "Where am I?"),
    (rf"壁(?:は|って)?どこ{_IS}?", "Where are the walls?"),
    (r"(?:隣|となり|近く|周り)に壁[はが]?(?:ある|あります)", "Is there a wall next to me?"),
    (rf"{_NOW}{_I}?{_WHERE}[へに]?{_IF_GO}{_GOOD}", "Where should I go next?"),
    (rf"{_NOW}{_I}?{_WHERE}[へに]?(?:行く|進む|動く|動かす|向かう)(?:べき)?", "Where should I go next?"),
    (r"次の(?:一)?手は?(?:何|なに)?", "What is the next move?"),
    (r"(?:最善の|一番いい|ベストな)手は?(?:何|なに)?", "What is the best move?"),
    (rf"{_NOW}(?:何を|なにを|どう)(?:すれば|したら){_GOOD}", "What should I do next?"),
    (r"次は|どうする|どうしよう", "What should I do next?"),
    (rf"{_THING}(?:へ|に|まで)(?:は)?どうやって(?:行く|着く|行けば{_GOOD})", "How do I reach the {thing}?"),
    (rf"{_WAY}[にへ]?(?:行って|進んで|動いて|移動して|動かして)も?(?:{_SAFE}|{_GOOD})", "Is it safe to go {way}?"),
    (rf"{_WAY}(?:[にへ](?:行く|進む)の)?(?:は|って)?{_SAFE}", "Is it safe to go {way}?"),
    (rf"{_WAY}[にへ]?(?:行け|進め|動け)(?:る|ます)", "Can I go {way}?"),
    (rf"{_WAY}[にへ]?(?:行く|進む|動く)べき", "Should I go {way}?"),
    (rf"{_WAY}[にへ]?(?:行ったら|進んだら|行くと|進むと)(?:どうなる|どうなります)", "What if I go {way}?"),
    (rf"{_THING}まで(?:は|の距離は)?(?:あと)?{_STEPS}", "How many steps to the {thing}?"),
    (rf"{_THING}まで(?:は)?(?:遠い|近い|の距離は?)", "How far is the {thing}?"),
    (rf"(?:あと|残り)は?{_STEPS}", "How many steps are left?"),
]
"""What is asked, as it is said, and its English."""

_READINGS: Final = [(re.compile(shape), english) for shape, english in PHRASES]
_POLITE: Final = re.compile(r"(?:を)?(?:教えて(?:ください|下さい)?)$|(?:です|でしょう|だろう|なん)?(?:か|かな|の|ね)?$")
_SIGNS: Final = re.compile(r"[\s、。！？!?,.・「」~〜ー]+$|[\s、。，,]+")


def in_english(question: str) -> str | None:
    """The English of a Japanese question, or None if the phrase book does not have it."""
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", question).strip())
    for text in dict.fromkeys([plain, _POLITE.sub("", plain, count=1)]):
        for shape, english in _READINGS:
            if match := shape.fullmatch(text):
                found = match.groupdict()
                thing, way = THINGS.get(found.get("thing", "")), _WAYS.get(found.get("way", ""))
                return english.format(thing=thing, way=way)
    return None
