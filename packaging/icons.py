"""Draws the app's icon as Windows, macOS and older Linux desktops want it: ``packaging/icons.py FOLDER``."""

import os
import sys
from pathlib import Path

SVG = Path(__file__).resolve().parents[1] / "resources" / "icons" / "coach.svg"
SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def draw(folder: Path) -> None:
    """Write coach.png (256 pixels), coach.ico (16 to 256) and coach.icns (to 1024) into a folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QIcon, QImage

    app = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    icon = QIcon(str(SVG))

    def picture(side: int) -> Image.Image:
        drawn = icon.pixmap(side, side).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
        return Image.frombytes("RGBA", (side, side), bytes(drawn.constBits()))

    pictures = [picture(side) for side in SIZES_PX]
    pictures[-1].save(folder / "coach.png")
    pictures[-1].save(folder / "coach.ico", sizes=[(side, side) for side in SIZES_PX], append_images=pictures[:-1])
    picture(1024).save(folder / "coach.icns", append_images=[*pictures, picture(512)])
    del app


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
