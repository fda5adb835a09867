"""The watched window with the canned engine, for what only an X server shows.

python -m tests.e2e.canned_window PREFERENCES [PROJECT]
"""

import sys
from pathlib import Path

from gui import app
from gui.engine_link.jobs import EngineJobs
from gui.project.preferences import Preferences
from tests.e2e.watched_window import Watcher

ENGINE = Path(__file__).parents[1] / "gui" / "canned_engine.py"

if __name__ == "__main__":
    application = app.make_application()
    watcher = Watcher()
    preferences = Path(sys.argv[1])
    app.EngineJobs = lambda: EngineJobs([sys.executable, str(ENGINE)])  # type: ignore[misc,assignment]
    app.Preferences = lambda: Preferences(preferences)  # type: ignore[misc,assignment]
    sys.exit(app.main(sys.argv[2:]))
