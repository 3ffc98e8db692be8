"""Guides are found in both folders; what cannot be used is said, and the rest is."""

from pathlib import Path

import pytest

from coach_app.domain import resources
from coach_app.domain.errors import CoachError
from coach_app.knowledge import library


def test_the_users_sections_win_over_shipped_ones(game: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a shipped guide, and another text of one section by the user
    shipped = tmp_path / "games" / game / "guides"
    shipped.mkdir(parents=True)
    (shipped / "fox.md").write_text("# Fox\n## Old {#fox-win}\nShipped.\n## Only here {#fox-only}\nShipped too.\n")
    monkeypatch.setattr(resources, "games_dir", lambda: tmp_path / "games")
    monkeypatch.setattr(library, "games_dir", resources.games_dir)
    # WHEN the guides are read
    sections = library.load(game).by_id()
    # THEN the user's text is used, and the rest of both
    assert sections["fox-win"].text.startswith("Run fast")
    assert sections["fox-only"].text == "Shipped too."
    assert sections["peach-neutral-game"].subject == "Peach"
    assert game in library.games()


def test_files_that_cannot_be_used_are_named_and_left_out(game: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN every kind of bad file beside good ones
    folder = library.user_dir(game)
    monkeypatch.setattr(library, "MAX_FILE_BYTES", 2_000)
    (folder / "empty.md").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\n ")
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\0\0\0")
    (folder / "huge.txt").write_bytes(b"word " * 1000)
    (folder / "latin.txt").write_bytes("Für später".encode("latin-1"))
    (folder / "odd.html").write_bytes(b'<meta charset="no-such">x')
    (folder / "none.html").write_bytes(b'<meta charset="undefined">x')
    (folder / "notes.docx").write_bytes(b"not looked at")
    # WHEN the guides are read
    found = library.load(game)
    # THEN each is a sentence, and the good ones are there
    assert len(found.sections) == 6
    reasons = {notice.split()[2]: notice for notice in found.notices}
    assert set(reasons) == {"empty.md", "blank.txt", "picture.md", "huge.txt", "latin.txt", "odd.html", "none.html"}
    assert "holds no text" in reasons["empty.md"]
    assert "is not text" in reasons["picture.md"]
    assert "larger than" in reasons["huge.txt"]
    assert "encoding" in reasons["latin.txt"]
    assert all(notice.endswith("It is left out.") for notice in found.notices)


def test_other_encodings_are_read_where_they_are_declared(game: str) -> None:
    folder = library.user_dir(game)
    (folder / "utf16.txt").write_bytes("Für später".encode("utf-16"))
    (folder / "page.html").write_bytes('<meta charset="iso-8859-1"><p>Für später'.encode("latin-1"))
    (folder / "bom.md").write_bytes("\ufeff# Bom\n## A\nFür später".encode())
    texts = {section.file: section.text for section in library.load(game).sections}
    assert texts["utf16.txt"] == texts["page.html"] == texts["bom.md"] == "Für später"


def test_no_guides_say_where_to_put_them(coach_home: Path) -> None:
    for name in ("nothing", "../melee", ""):
        with pytest.raises(CoachError, match=r"guides|not a game"):
            library.load(name)
    # GIVEN nothing but a bad file THEN its reason is in the sentence
    folder = library.user_dir("bad")
    folder.mkdir(parents=True)
    (folder / "a.md").write_bytes(b"\0")
    with pytest.raises(CoachError, match="is not text"):
        library.load("bad")


@pytest.mark.parametrize("content", ["title = 3", "not toml", "unknown = 1", "[names]\nFox = 1"])
def test_a_bad_lexicon_is_left_out(game: str, content: str) -> None:
    (library.user_dir(game) / "names.toml").write_text(content)
    found = library.load(game)
    assert found.lexicon == library.Lexicon()
    assert "names.toml" in found.notices[0]


def test_without_a_name_a_game_that_came_with_guides_is_meant(game: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN shipped guides and the user's THEN the shipped ones are meant, whatever their names
    (library.user_dir("aaa")).mkdir()
    assert library.shipped_dir(library.default_game()).is_dir()
    # GIVEN only the user's THEN these are; and without any it is said
    monkeypatch.setattr(library, "games_dir", lambda: library.user_dir("no"))
    monkeypatch.setattr(library, "shipped_dir", lambda game: library.user_dir("no"))
    assert library.default_game() == "aaa"
    monkeypatch.setattr(library, "games", lambda: [])
    with pytest.raises(CoachError, match="no guides"):
        library.default_game()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>Fox</p><![foo]><p>"),
        ("b.html", "<p>&#" + "9" * 5_000 + ";</p>"),
        ("c.html", "<div>" * 20_000 + "deep"),
        ("d.html", "<!DOCTYPE [<!ENTITY a '&a;&a;'>]><![CDATA[ <![if"),
        ("e.md", "#" * 100_000 + "\n" + "> " * 50_000),
        ("f.txt", "=" * 200_000),
    ],
)
@pytest.mark.usefixtures("coach_home")
def test_one_odd_guide_does_not_cost_the_others(name: str, content: str) -> None:
    # GIVEN a good guide, and one that breaks its reader, or nearly
    folder = library.user_dir("odd-game")
    folder.mkdir(parents=True)
    (folder / "good.md").write_text("# Jumping\n\nHold the button to jump higher.\n")
    (folder / name).write_text(content)
    # WHEN the guides are read THEN the good one is there, and one that is left out is named
    found = library.load("odd-game")
    assert any("jump higher" in section.text for section in found.sections)
    assert any(section.file == name for section in found.sections) or name in " ".join(found.notices)


@pytest.mark.usefixtures("coach_home")
def test_words_of_a_game_that_break_their_reader_are_left_out() -> None:
    # GIVEN a good guide beside a list of words that is nested 5,000 deep WHEN it is read THEN that is named
    folder = library.user_dir("odd-game")
    folder.mkdir(parents=True)
    (folder / "good.md").write_text("# Jumping\n\nHold the button to jump higher.\n")
    (folder / "names.toml").write_text("a = " + "[" * 5_000)
    assert "names.toml" in " ".join(library.load("odd-game").notices)
