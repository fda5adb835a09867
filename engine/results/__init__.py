"""Rows and figures of what a project has come to, for the window, the report and the command line."""
