import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from coach_app.domain.frame import Frame, part, rgb, shrink


@given(width=st.integers(1, 3000), height=st.integers(1, 3000), side=st.sampled_from([84, 112, 336]))
def test_a_picture_fits_the_square_and_keeps_its_shape(width: int, height: int, side: int) -> None:
    # GIVEN a picture of any size WHEN it is shrunk
    small = shrink(Image.new("RGB", (width, height)), side)

    # THEN it fits, is never enlarged, and is at most one pixel off its aspect ratio
    assert max(small.size) == min(side, max(width, height))
    assert small.width <= width
    assert small.height <= height
    scale = max(small.size) / max(width, height)
    assert abs(small.width - max(1, width * scale)) <= 1
    assert abs(small.height - max(1, height * scale)) <= 1


def test_a_small_picture_is_returned_as_it_is() -> None:
    # GIVEN a picture that fits exactly WHEN it is shrunk THEN it is the same object: no pixel was touched
    picture = Image.new("RGB", (336, 200))
    assert shrink(picture, 336) is picture


def test_halves_stay_where_they_were() -> None:
    # GIVEN a wide picture, left half red and right half blue
    pixels = np.zeros((1080, 1920, 3), np.uint8)
    pixels[:, :960, 0] = 255
    pixels[:, 960:, 2] = 255

    # WHEN it is shrunk for a model
    small = np.asarray(shrink(Image.fromarray(pixels), 336))

    # THEN it is 336×189 and only the seam is blurred
    assert small.shape == (189, 336, 3)
    assert (small[:, :164] == (255, 0, 0)).all()
    assert (small[:, 172:] == (0, 0, 255)).all()


def test_one_pixel_thin_pictures_survive() -> None:
    # GIVEN a picture one pixel high WHEN it is shrunk THEN a pixel of height is left
    assert shrink(Image.new("RGB", (20_000, 1)), 336).size == (336, 1)


def test_pixels_as_screens_give_them_are_seen_in_their_own_colours() -> None:
    # GIVEN an orange picture as blue, green, red and a byte that means nothing
    raw = bytes((0, 128, 255, 7)) * (64 * 48)
    frame = Frame(Image.frombuffer("RGBX", (64, 48), raw, "raw", "RGBX", 0, 1))
    # WHEN it is looked at, whole or shrunk THEN it is orange
    assert frame.image.getpixel((5, 5)) == (255, 128, 0)
    assert rgb(shrink(frame.pixels, 16)).getpixel((5, 5)) == (255, 128, 0)


def test_a_frame_cannot_be_changed() -> None:
    # GIVEN a frame WHEN someone sets its title THEN it refuses: frames cross threads
    frame = Frame(Image.new("RGB", (1, 1)), captured_at=1.0)
    with pytest.raises(AttributeError):
        frame.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("size", [(1920, 1080), (1921, 1083), (700, 400), (3000, 7), (5, 4000), (672, 672)])
@pytest.mark.parametrize("mode", ["RGB", "RGBX"])
def test_shrinking_on_two_threads_changes_no_pixel(size: tuple[int, int], mode: str) -> None:
    # GIVEN a picture without a smooth spot
    image = Image.effect_noise(size, 90).convert(mode)

    # WHEN it is shrunk
    small = shrink(image, 336)

    # THEN it is what Pillow makes of it by itself
    plain = image.resize(small.size, Image.Resampling.BILINEAR, reducing_gap=1.1)
    assert small.tobytes() == plain.tobytes()


@given(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), st.tuples(*[st.floats(0, 1)] * 4))
def test_the_part_of_a_picture_is_never_empty(size: tuple[int, int], edges: tuple[float, ...]) -> None:
    # GIVEN a picture of any size, and a region that has an area
    left, right = sorted(edges[:2])
    top, bottom = sorted(edges[2:])
    assume(left < right and top < bottom)
    # WHEN it is cut out THEN something is left, it lies in the picture, and no edge moved by more than a pixel
    seen = part(Image.new("L", size), (left, top, right, bottom))
    assert 1 <= seen.width <= size[0]
    assert 1 <= seen.height <= size[1]
    assert abs(seen.width - (right - left) * size[0]) <= 1.0001
    assert abs(seen.height - (bottom - top) * size[1]) <= 1.0001


def test_the_part_of_a_picture_is_where_the_region_says() -> None:
    # GIVEN a picture with one white pixel WHEN the region begins there, however small it is THEN that pixel is seen
    image = Image.new("L", (10, 10))
    image.putpixel((9, 4), 255)
    assert part(image, (0.95, 0.4, 0.96, 0.41)).getextrema() == (255, 255)
    assert part(image, None) is image
