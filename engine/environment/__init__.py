"""The engine's own Python environment: which one fits this machine, how it is made, checked and chosen.

It imports no model library, so that the window and the command work where there is no engine yet.
"""
