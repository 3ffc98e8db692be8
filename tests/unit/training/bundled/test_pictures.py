"""Training pictures, and what their patches show."""

from itertools import islice

import numpy as np
import torch
from PIL import Image

from coach_app.advisor.local import model_input
from coach_app.domain.profile import GameProfile
from coach_app.games.captures import INPUT_SIDE_PX, captured_shot, clean_shot, other_shot, seen
from coach_app.games.crafter.lessons import curriculum as curriculum_with_board
from coach_app.games.grid.lessons import curriculum
from coach_app.games.grid.lessons.pictures import CAT, CRATE, HOLE, NOWHERE, OUTSIDE, WALL, Scene, labels, picture
from coach_app.games.grid.lessons.scenes import held_out, random_scene, tricky
from coach_app.games.grid.level import ARTICLE_LEVEL, Move, random_level
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.model import build_processor, train_tokenizer
from coach_app.training.bundled.stream import SampleStream, patch_labels, tile_box, views

WHOLE = (0.0, 0.0, 1.0, 1.0)


def test_the_fast_views_are_what_the_image_processor_makes() -> None:
    # GIVEN pictures of many sizes as captures give them
    args = CoachArgs()
    processor = build_processor(train_tokenizer(["a"], 300), args.side, args.patch)
    rng = np.random.default_rng(0)
    for seed in range(8):
        image = captured_shot(picture(random_scene(random_level(seed), rng)), rng).image
        # WHEN both make the model's input of one
        fast = torch.from_numpy(views(image, args.side)).movedim(-1, -3) / 127.5 - 1
        slow = processor.image_processor(image, return_tensors="pt")["pixel_values"][0]
        # THEN they agree to less than one grey level
        assert (fast - slow).abs().max() < 1 / 127.5


def test_captured_pictures_are_small_and_show_the_board_where_they_say() -> None:
    rng = np.random.default_rng(1)
    for seed in range(20):
        # GIVEN a captured picture
        scene = random_scene(random_level(seed), rng)
        shot = captured_shot(picture(scene), rng)
        assert max(shot.image.size) <= INPUT_SIDE_PX
        assert shot.board is not None
        # WHEN the board is cut out and brought to the game's own size
        left, top, right, bottom = (edge * size for edge, size in zip(shot.board, shot.image.size * 2, strict=True))
        clean = clean_shot(picture(scene)).image
        cut = shot.image.crop((round(left), round(top), round(right), round(bottom))).resize(clean.size)
        # THEN it is the game's picture but for the noise
        difference = np.abs(np.asarray(cut, float) - np.asarray(clean, float)).mean(axis=2)
        assert np.median(difference) < 60


def test_patches_are_labelled_with_what_is_under_their_centre() -> None:
    # GIVEN the article's map with as many patches as squares
    scene = Scene(ARTICLE_LEVEL, (1, 3), Move.UP)
    cells = labels(scene)
    # WHEN one patch lies on each square of a 6 x 6 grid over a board that fills five sixths of the view
    shown = patch_labels(cells, WHOLE, (0.0, 0.0, 1.0, 5 / 6), 6, NOWHERE).reshape(6, 6, 8)
    # THEN each says its square
    assert shown[3, 1, 0] == CAT + Move.UP
    assert shown[1, 4, 0] == CRATE
    assert shown[2, 4, 0] == HOLE
    assert shown[2, 2, 0] == WALL
    assert (shown[5, :, 0] == OUTSIDE).all()
    # AND the best move there is the teacher's: up from the start
    assert shown[3, 1, 4:].tolist() == [0, 0, 0, 1]


def test_a_picture_without_the_game_has_nothing_to_see() -> None:
    shot = other_shot(np.random.default_rng(0))
    # GIVEN WHEN THEN
    assert shot.board is None
    assert (patch_labels(None, None, WHOLE, 8, NOWHERE)[:, 0] == OUTSIDE).all()


def test_the_tile_view_keeps_proportions() -> None:
    # GIVEN a wide picture WHEN it is put into a square THEN it fills the width and lies in the middle
    left, top, right, bottom = tile_box(Image.new("RGB", (200, 100)).size, 128)
    assert (left, right) == (0.0, 1.0)
    assert abs((bottom - top) - 0.5) < 0.02
    assert abs(top + bottom - 1) < 0.02


def test_tricky_positions_are_those_where_a_glance_misleads() -> None:
    rng = np.random.default_rng(2)
    levels = [random_level(seed) for seed in range(30)]
    # GIVEN a level that has some but not only such WHEN only tricky positions are wanted THEN only those come
    level = next(level for level in levels if len({tricky(Scene(level, cell)) for cell in level.cat_cells}) == 2)
    assert all(tricky(random_scene(level, rng, 1.0)) for _ in range(20))


def test_training_never_draws_held_out_maps_and_is_the_same_for_a_seed() -> None:
    # GIVEN two streams of one seed
    first, second = (iter(SampleStream(curriculum, (5,), 32, 2)) for _ in range(2))
    # WHEN they are read
    some, same = ([next(stream) for _ in range(40)] for stream in (first, second))
    # THEN they are equal, and no map is one of those kept for measuring
    assert all((a.views == b.views).all() and a.scene == b.scene for a, b in zip(some, same, strict=True))
    levels = [sample.scene.level for sample in some if sample.scene is not None and sample.scene.level.move_prob == 1]
    assert levels
    assert not any(held_out(level) for level in levels)
    # WHICH is one map in twenty
    share = np.mean([held_out(random_level(seed)) for seed in range(300)])
    assert 0.02 < share < 0.09


def test_what_of_a_picture_is_trained_on_is_what_the_model_gets_in_use() -> None:
    rng = np.random.default_rng(3)
    board = curriculum_with_board.BOARD
    profile = GameProfile(id="a", title="A", prompt="?", board=board)
    for _, scene in islice(curriculum_with_board.unseen_scenes(rng), 3):
        # GIVEN a captured picture of a game whose board is to be found
        shot = captured_shot(curriculum_with_board.picture(scene), rng, 1000)
        # WHEN it is prepared for training
        trained = seen(shot, board, 144)
        # THEN it is the picture that the advisor sends to the model
        assert trained.image.tobytes() == model_input(shot.image, profile, 144).tobytes()
        # AND the board fills it, but for a pixel or two
        assert trained.board is not None
        assert np.allclose(trained.board, WHOLE, atol=0.02)
