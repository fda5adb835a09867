"""Each way in which the Hub says no, as one sentence with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from huggingface_hub import constants
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.hub_events import AccessRefused, RefusalReason

_CLOSED_TO_THIS_ACCOUNT = ("awaiting", "rejected", "fine-grained")
"""Words of the Hub where the terms are accepted, or asked for, and the door is closed all the same."""


class HubUnreachable(LayerSwarmError):
    """The Hub did not answer, and the model is not in its cache on this computer."""


class HubAccessRefused(BadInput):
    """A gated model that this person may not have yet."""

    def __init__(self, refused: AccessRefused) -> None:
        super().__init__(_SENTENCES[refused.reason].format(refused.source, refused.link, refused.said).strip())
        self.refused = refused


_SENTENCES: dict[RefusalReason, str] = {
    "no_token": "{0} is gated and the Hub was given no token that it knows; make one in your Hub account and keep it "
    "here, or log in with 'hf auth login'.",
    "terms_not_accepted": "{0} is gated: accept its licence on its Hub page {1} with the account of your token, then "
    "try again.",
    "not_authorised": "{0} is gated and your account is not let in ({2}); see its Hub page {1}.",
}


def refusal_of(repo: str, error: HfHubHTTPError) -> HubAccessRefused:
    """Which of the three doors is closed: 401 is a missing or unknown token, 403 an account that is not let in."""
    said = " ".join((error.server_message or "").split())[:300]
    reason: RefusalReason = "terms_not_accepted"
    if error.response.status_code == 401:
        reason = "no_token"
    elif any(word in said for word in _CLOSED_TO_THIS_ACCOUNT):
        reason = "not_authorised"
    link = f"{constants.ENDPOINT}/{repo}"
    return HubAccessRefused(AccessRefused(source=repo, reason=reason, link=link, said=said))


@contextmanager
def readable_errors(repo: str, revision: str) -> Iterator[None]:
    """Turn what the Hub library raises into what a person can act on.

    Raises:
        BadInput: the repository or its revision does not exist, or is closed to this person.
        HubUnreachable: no answer, or an error of the Hub's own.
    """
    try:
        yield
    except GatedRepoError as error:
        raise refusal_of(repo, error) from None
    except RepositoryNotFoundError:
        raise BadInput(f"There is no model {repo} on the Hub, or it is private; check the name, or log in.") from None
    except RevisionNotFoundError:
        raise BadInput(f"{repo} has no revision '{revision}' on the Hub; check the branch, tag or commit.") from None
    except HFValidationError:
        raise BadInput(f"'{repo}' is not a Hub id; one looks like organisation/name.") from None
    except (OfflineModeIsEnabled, LocalEntryNotFoundError):
        raise HubUnreachable(
            f"The Hub cannot be reached and {repo} is not complete in the cache; connect this computer, or copy the "
            "model's folder here and give its path."
        ) from None
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise HubUnreachable(f"The Hub answered with error {status} for {repo}; try again later.") from None


@contextmanager
def breaking_off(repo: str) -> Iterator[None]:
    """Turn whatever ends a download into one sentence; leave to ``readable_errors`` what it can name better.

    Raises:
        HubUnreachable: The download broke off.
    """
    try:
        yield
    except (HfHubHTTPError, LocalEntryNotFoundError, LayerSwarmError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise HubUnreachable(f"The download of {repo} broke off ({reason}); start again to go on.") from error
