"""Pictures from files, good and bad."""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from coach_app.capture.picture import load_picture
from coach_app.domain.errors import CoachError


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says to be this large, and no pixels."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + body
        + struct.pack(">I", zlib.crc32(body))
        + b"\0\0\1\0IDAT"
        + b"\0" * 40
    )


def refusal(path: Path) -> CoachError:
    """Why a picture is refused: one sentence, and one with a remedy."""
    with pytest.raises(CoachError) as caught:
        load_picture(path)
    assert caught.value.message.count(". ") == 0
    assert caught.value.remedy
    return caught.value


def test_pictures_of_every_mode_become_rgb(tmp_path: Path) -> None:
    # GIVEN the same orange in several modes
    orange = Image.new("RGB", (20, 10), (250, 130, 10))
    orange.save(tmp_path / "rgb.png")
    orange.convert("RGBA").save(tmp_path / "rgba.png")
    orange.quantize(4).save(tmp_path / "palette.png")
    orange.save(tmp_path / "palette.gif")
    orange.save(tmp_path / "plain.jpg", quality=95)
    Image.new("CMYK", (20, 10), (5, 125, 245, 0)).save(tmp_path / "cmyk.jpg", quality=95)
    orange.save(tmp_path / "plain.webp", lossless=True)

    for path in tmp_path.iterdir():
        if path.is_file():
            # WHEN it is read
            picture = load_picture(path)

            # THEN it is orange, in RGB
            assert picture.mode == "RGB"
            assert picture.size == (20, 10)
            assert np.abs(np.array(picture).astype(int) - (250, 130, 10)).max() <= 6, path


def test_transparent_parts_are_white(tmp_path: Path) -> None:
    # GIVEN a picture that is transparent on the left
    picture = Image.new("RGBA", (20, 10), (200, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 10, 10))
    picture.save(tmp_path / "a.png")

    # WHEN it is read
    loaded = load_picture(tmp_path / "a.png")

    # THEN that part is white
    assert loaded.getpixel((2, 2)) == (255, 255, 255)
    assert loaded.getpixel((15, 2)) == (200, 0, 0)


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_sixteen_bit_grey_keeps_its_brightness(tmp_path: Path, suffix: str) -> None:
    # GIVEN a ramp of 16-bit grey
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (10, 1))
    Image.fromarray(ramp).save(tmp_path / f"ramp.{suffix}")

    # WHEN it is read
    loaded = np.array(load_picture(tmp_path / f"ramp.{suffix}"))

    # THEN it is the same ramp with 8 bits
    assert np.abs(loaded[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_photograph_is_turned_upright(tmp_path: Path) -> None:
    # GIVEN a picture that its camera says is to be turned by 90°
    picture = Image.new("RGB", (40, 20), "red")
    picture.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(tmp_path / "turned.jpg", exif=exif, quality=95)

    # WHEN it is read
    loaded = load_picture(tmp_path / "turned.jpg")

    # THEN left is up
    assert loaded.size == (20, 40)
    top = loaded.getpixel((10, 5))
    assert isinstance(top, tuple)
    assert top[2] > 200


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.png", b"", "is empty"),
        ("text.png", b"I am no picture at all, sorry.", "is not a picture"),
        ("bomb.png", png_header(20_000, 20_000), "more than 50 million pixels"),
        ("large.png", png_header(10_000, 9_000), "more than 50 million pixels"),
        ("no-pixels.png", png_header(100, 100), "is broken"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0", "broken|not a picture"),
        ("cut.gif", b"GIF89a\x10\0", "broken|not a picture"),
        ("cut.bmp", b"BM\x10\0", "broken|not a picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_files_are_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    # GIVEN a bad file
    (tmp_path / name).write_bytes(data)

    # WHEN it is read, THEN that is said
    error = refusal(tmp_path / name)
    assert any(part in error.message for part in said.split("|"))
    assert name in error.message


def test_tiny_pictures_are_refused(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    assert "only 1 by 1 pixels" in refusal(tmp_path / "dot.png").message


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "webp", "bmp", "tiff"])
def test_pictures_that_break_off_are_refused(tmp_path: Path, suffix: str) -> None:
    # GIVEN a picture whose second half is missing
    path = tmp_path / f"half.{suffix}"
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    # WHEN it is read, THEN that is said
    assert "broken" in refusal(path).message or "not a picture" in refusal(path).message


def test_missing_files_and_folders_are_said(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere.png").message
    assert "is a folder" in refusal(tmp_path).message


def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a file that belongs to somebody else (root may read everything, so the refusal is made up)
    path = tmp_path / "secret.png"
    Image.new("RGB", (20, 20)).save(path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr("PIL.Image.open", refuse)

    # WHEN it is read, THEN that is said
    assert "may not be read" in refusal(path).message


@pytest.mark.parametrize("target", ["fifo", "/dev/zero", "/dev/null"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, target: str) -> None:
    # GIVEN a pipe that nobody writes into, or a device without an end, under the name of a picture
    path = tmp_path / "shot.png"
    if target == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(target)
    # WHEN it is read THEN it is refused, and nobody waits
    assert str(path) in refusal(path).message


@pytest.mark.parametrize("kind", ["EPS", "PPM", "ICO", "PDF"])
def test_only_formats_that_are_meant_are_opened(tmp_path: Path, kind: str) -> None:
    # GIVEN a picture of a format that starts other programs, or that no game writes, under the name of a PNG
    path = tmp_path / "shot.png"
    Image.new("RGB", (32, 32), "red").save(path, format=kind)
    # WHEN it is read THEN it is no picture
    assert "not a picture" in refusal(path).message


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    # GIVEN a file of a terabyte, which takes no room
    path = tmp_path / "shot.png"
    with path.open("wb") as file:
        file.truncate(10**12)
    # WHEN it is read THEN that is refused
    assert "larger than" in refusal(path).message
