"""The main window around the pages: actions, menus, notifications, and opening and closing of projects."""
