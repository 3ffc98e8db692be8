"""A program with one window: ``python window_program.py TITLE LEFT TOP WIDTH HEIGHT [COLOUR | quarters] [overlay]``.

The window shows one colour (``#rrggbb``), or its four quarters red, green, blue and yellow up to its outermost pixels.
As an overlay it lies above everything and the window manager leaves it alone. Plain X11, so that it starts at once.
"""

import os
import sys

from Xlib import X, Xatom, Xutil
from Xlib.display import Display

QUARTERS = (0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00)


def main() -> None:
    title, *numbers = sys.argv[1:6]
    left, top, width, height = map(int, numbers)
    look = sys.argv[6] if len(sys.argv) > 6 else "quarters"
    colours = QUARTERS if look == "quarters" else (int(look[1:], 16),) * 4

    display = Display()
    screen = display.screen()
    window = screen.root.create_window(
        left,
        top,
        width,
        height,
        0,
        screen.root_depth,
        override_redirect="overlay" in sys.argv,
        event_mask=X.ExposureMask | X.StructureNotifyMask,
    )
    window.set_wm_name(title)
    window.set_wm_class("quarters", "Quarters")
    window.change_property(display.intern_atom("_NET_WM_NAME"), display.intern_atom("UTF8_STRING"), 8, title.encode())
    window.change_property(display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [os.getpid()])
    window.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize)
    delete = display.intern_atom("WM_DELETE_WINDOW")
    window.set_wm_protocols([delete])
    window.map()
    context = window.create_gc()
    while True:
        event = display.next_event()
        if event.type == X.ClientMessage and event.data[1][0] == delete:
            return
        if event.type == X.ConfigureNotify:
            width, height = event.width, event.height
        if event.type in (X.Expose, X.ConfigureNotify):
            half_width, half_height = width // 2, height // 2
            for i, colour in enumerate(colours):
                context.change(foreground=colour)
                x, y = (i % 2) * half_width, (i // 2) * half_height
                window.fill_rectangle(context, x, y, width - half_width, height - half_height)


if __name__ == "__main__":
    main()
