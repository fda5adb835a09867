"""Run the window with ``python -m gui [PROJECT]``."""

import sys

from gui.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
