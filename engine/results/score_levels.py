"""Word the level of a score: on how many windows, or questions of a task, it was measured.

Scores of different levels do not compare: the fewer the windows, the more a score depends on their choice.
"""

from dataclasses import dataclass

from engine.api.run_state import RunState
from engine.api.settings import Objective
from engine.results.figures import Translate, fitness_words, format_whole, untranslated

LEVEL_SENTENCES = (
    "on all {0} windows",
    "on {0} of {1} windows",
    "on {0} windows",
    "on all {0} questions",
    "on {0} of {1} questions",
    "on {0} questions",
    "{0} windows",
    "{0} questions",
)
"""Every sentence that the functions of this module pass to ``translate``."""
_ALL, _SOME, _COUNT = 0, 1, 2
"""Places of the sentences about windows."""
_QUESTIONS = 3
"""Places from a sentence about windows to the same about questions."""
_SHORT_WINDOWS, _SHORT_QUESTIONS = 6, 7


@dataclass(frozen=True)
class ScoreLevels:
    """The two levels of a search; 0 where a journal does not state one."""

    first: int = 0
    """The level of every candidate."""
    full: int = 0
    """The level of the best set, and of the answer."""
    objective: Objective = "kl"

    @classmethod
    def of(cls, state: RunState) -> "ScoreLevels":
        """Return the levels of a run's search."""
        last, search = state.last_iteration, state.search
        objective: Objective = search.objective if search else last.objective if last else "kl"
        full = (search.level if search else 0) or (last.best_level if last else 0)
        if not full and objective != "task" and state.calibration is not None:
            full = state.calibration.windows  # journals that do not state it
        return cls((last.level if last else 0) or full, full, objective)

    def of_candidates(self, translate: Translate = untranslated) -> str:
        """Return on how many windows the candidates were scored; empty where unknown."""
        return self._words(self.first, translate)

    def of_best(self, translate: Translate = untranslated) -> str:
        """Return on how many windows the best set was scored; empty where unknown."""
        return self._words(self.full, translate)

    def _words(self, level: int, translate: Translate) -> str:
        if not level:
            return ""
        kind = _ALL if level == self.full else _SOME
        return translate(_sentence(self.objective, kind)).format(format_whole(level), format_whole(self.full))


def level_words(objective: Objective, level: int, translate: Translate = untranslated) -> str:
    """Return on how many windows or questions a score was measured; empty where unknown."""
    return translate(_sentence(objective, _COUNT)).format(format_whole(level)) if level else ""


def short_level_words(level: int, objective: Objective, translate: Translate = untranslated) -> str:
    """Return the number of windows or questions, for where there is little room; empty where unknown."""
    sentence = LEVEL_SENTENCES[_SHORT_QUESTIONS if objective == "task" else _SHORT_WINDOWS]
    return translate(sentence).format(format_whole(level)) if level else ""


def score_words(objective: Objective, fitness: float, level: str) -> str:
    """Return a score with its measure and its level: ``KL 0.7321 on all 32 windows``.

    Args:
        objective: What the score measures.
        fitness: The score.
        level: The words of its level, as this module returns them.
    """
    return f"{fitness_words(objective, fitness)} {level}".rstrip()


def _sentence(objective: Objective, kind: int) -> str:
    return LEVEL_SENTENCES[kind + (_QUESTIONS if objective == "task" else 0)]
