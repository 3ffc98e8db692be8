"""Everything that the player sees of the coach: overlay, question box, tray, settings, history.

Widgets emit facts and are told what to show; they never call an engine and import no model library.
"""
