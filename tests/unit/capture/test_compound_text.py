"""Titles of windows whose programs know no UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.capture.compound_text import decode


def seven_bits(text: str, encoding: str) -> bytes:
    return bytes(byte & 0x7F for byte in text.encode(encoding))


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b"Doom", "Doom"),
        (b"Pok\xe9mon", "Pokémon"),
        (b"\x1b$(B" + seven_bits("東方", "euc_jp") + b"\x1b(B 6", "東方 6"),
        (b"\x1b$)B" + "練習".encode("euc_jp") + b" A", "練習 A"),
        (b"\x1b$(C" + seven_bits("게임", "euc_kr"), "게임"),
        (b"\x1b$)A" + "游戏".encode("gb2312"), "游戏"),
        (b"\x1b)I\xba\xb0\xc1", "ｺｰﾁ"),
        (b"\x1b-L" + "Игра".encode("iso8859-5") + b" 2", "Игра 2"),
        (b"\x1b-F" + "Παιχνίδι".encode("iso8859-7"), "Παιχνίδι"),
        (b"\x1b%G" + "ゲーム".encode() + b"\x1b%@ x", "ゲーム x"),
        (b"\x1b%/2\x80\x89big5-0\x02" + "遊".encode("big5") + b"!", "遊!"),
    ],
)
def test_titles_are_read(raw: bytes, title: str) -> None:
    # GIVEN a title as a program set it WHEN it is read THEN it is what the window shows
    assert decode(raw) == title


@given(st.binary(max_size=40))
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    # GIVEN any bytes WHEN they are read THEN it ends, with a text
    assert isinstance(decode(raw), str)
    assert isinstance(decode(b"\x1b$)B" + raw + b"\x1b%/0" + raw), str)
