"""Separates the text that a model means for the player from its thoughts and control tokens.

Servers pass on the output of models in many forms: thoughts in brackets of any kind, or with only the closing one if
the prompt held the opening one; the channels of <https://cookbook.openai.com/articles/openai-harmony>; tokens that
should have ended the answer, and the text after them.
"""

import re
from dataclasses import dataclass

_LEFT = r"[<\uff1c\[【◁⟨《〈«({]{1,2}\s{0,2}[|\uff5c]?\s{0,2}"
_RIGHT = r"\s{0,2}[|\uff5c]?\s{0,2}[>\uff1e\]】▷⟩》〉»)}]{1,2}"
_THOUGHTS = (
    r"(?:\w{1,12}:)?(?:(?:my|inner|internal)[_ -])?"
    r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion|ing)?|scratch[_ ]?pad|analysis|monologue|思考|推理)"
    r"(?:[_ -](?:process|content|block))?"
)
_OF = r"[_ ▁-](?:of[_ ▁-])?"
_TAG = re.compile(
    "|".join(
        (
            rf"(?P<closing>{_LEFT}(?:[/\\]\s{{0,2}}|end{_OF}){_THOUGHTS}{_RIGHT}|<unused95>|<channel\|>)",
            # Words in ordinary brackets may be part of an answer, unless a line begins with them.
            rf"(?P<opening>(?:(?<![^\n])[ \t]{{0,4}}|(?=[<\uff1c◁⟨《〈])){_LEFT}(?:(?:begin|start){_OF})?{_THOUGHTS}"
            rf"(?:\s[^<>\[\]\n]{{0,60}})?{_RIGHT}|<unused94>(?:thought\b)?|\A\s{{0,9}}(?:analysis|commentary)(?-i:(?=[A-Z\"“]))"
            r"|assistant(?:analysis|commentary)(?-i:(?=[A-Z\"“])))",
            r"(?P<channel><\|channel\|?>\s{0,4}(?P<name>\w{0,40})[^<\n]{0,80}(?:<\|constrain\|>[^<\n]{0,40})?(?:<\|message\|>|\n)?)",
            r"(?P<answer><\|?(?:final[_ ]?)?(?:answer|start_response|begin_of_solution)\|?>|assistantfinal"
            r"|\A\s{0,9}final(?-i:(?=[A-Z\"“])))",
            r"(?P<turn><\|(?:im_start|start)\|>\w*|<\|start_header_id\|>\w*<\|end_header_id\|>|<start_of_turn>\w*"
            r"|<\|turn>\w*|<[|\uff5c](?:assistant|model|bot)[|\uff5c]>)",
            r"(?P<end><[|\uff5c](?![^<>\n]{0,60}(?:box|header))[^<>|\uff5c\n]{0,60}"
            r"(?:end|eo[stmd]|return|stop|user|human|system|observation)[^<>|\uff5c\n]{0,60}[|\uff5c]>"
            r"|</s>|<eo[st]>|<end_of_(?:turn|utterance|text)>|<endoftext>|<turn\|>|\[/?INST\]|\[EO[ST]\]"
            r"|</(?:final[_ ]?)?(?:answer|response|solution)>)",
            r"(?P<mark><[|\uff5c][^<>\n]{1,60}[|\uff5c]>|<s>|<(?:bos|pad|unk|sep|cls|mask)>|\[(?:BOS|PAD|UNK)\]|<</?SYS>>"
            r"|<0x[0-9A-F]{2}>|</?(?:final_)?(?:response|output|solution)>|<(?:start|end)_of_image>|<image>)",
        )
    ),
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"[<\uff1c\[【◁⟨《〈«][^<>\uff1e\]】▷⟩》〉»\n]{0,80}\Z")
_CUT_TOKEN = re.compile(r"(?:<[|\uff5c/][^<>\n]{0,60}|\[/[^\]\n]{0,20}|◁[^▷\n]{0,20})\Z")
MAY_END_A_BRACKET = re.compile(r"[>\uff1e\]】▷⟩》〉»)}]|final")
"""What a piece of text holds that changes which of the text before it is meant for the player."""
_FINAL = ("final", "response", "answer")


@dataclass(frozen=True)
class Spoken:
    """A model's text, taken apart.

    Attributes:
        text: the part for the player.
        thought: whether it contains marked thoughts.
        only_closed: whether the thoughts lack their opening mark, so that they looked like an answer until they ended.
        within: whether it ends inside a thought.
        ended: whether it contains an end token; the text after that is left out.
    """

    text: str
    thought: bool = False
    only_closed: bool = False
    within: bool = False
    ended: bool = False


def is_mark(token: str) -> bool:
    """Whether a control token separates thoughts from the answer."""
    return _TAG.fullmatch(token) is not None


def spoken(raw: str, last: bool = True) -> Spoken:
    """Take a model's text apart.

    Args:
        raw: the whole text so far.
        last: whether the text is complete. If not, a possible beginning of a bracket is held back.
    """
    parts: list[str] = []
    hidden = thought = only_closed = ended = False
    position = 0
    for tag in _TAG.finditer(raw):
        if not hidden:
            parts.append(raw[position : tag.start()])
        position = tag.end()
        kind = tag.lastgroup if tag["channel"] is None else "channel"
        holds_text = not hidden and any(part.strip() for part in parts)
        if kind == "opening":
            hidden = thought = True
        elif kind == "closing":
            if not hidden:
                only_closed |= holds_text
                parts.clear()
            hidden, thought = False, True
        elif kind == "channel":
            hidden = (tag["name"] or "").lower() not in _FINAL
            thought |= hidden
            if not hidden:
                parts.clear()
        elif kind == "answer":
            only_closed |= holds_text
            thought |= hidden or holds_text
            parts.clear()
            hidden = False
        elif kind in ("end", "turn") and holds_text:
            ended = True
            break
    if not hidden and not ended:
        parts.append((_CUT_TOKEN if last else _UNFINISHED).sub("", raw[position:]))
    return Spoken("".join(parts), thought, only_closed, within=hidden, ended=ended)
