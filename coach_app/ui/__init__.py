"""The user interface: overlay, question box, tray, settings, history.

Widgets emit signals and are told what to show; they never call an engine and import no model library.
"""
