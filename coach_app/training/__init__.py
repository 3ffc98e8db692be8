"""Command-line training of what the app ships or the player makes.

Knows no window and no session: arguments in, a folder with weights and records out.
"""
