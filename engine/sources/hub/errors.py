"""Turn each refusal and failure of the Hub into one sentence that states what to do."""

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

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.hub_events import AccessRefused, RefusalReason
from engine.api.message import Message, worded

_CLOSED_TO_THIS_ACCOUNT = ("awaiting", "rejected", "fine-grained")
"""Words in the Hub's answer if access is refused although the terms are accepted or requested."""


class HubUnreachable(LayerSwarmError):
    """The Hub did not answer, and its cache on this computer does not hold the model."""


class HubAccessRefused(BadInput):
    """The user has no access to a gated model yet."""

    def __init__(self, refused: AccessRefused) -> None:
        super().__init__(_refusal(refused))
        self.refused = refused


def _refusal(refused: AccessRefused) -> Message:
    match refused.reason:
        case "no_token":
            return worded(
                "{0} is gated and the Hub received no valid token; create one in your Hub account and store it here, "
                "or log in with 'hf auth login'.",
                refused.source,
            )
        case "terms_not_accepted":
            return worded(
                "{0} is gated: accept its licence on its Hub page {1} with the account of your token, then try again.",
                refused.source,
                refused.link,
            )
        case "not_authorised":
            return worded(
                "{0} is gated and your account has no access ({1}); see its Hub page {2}.",
                refused.source,
                refused.said,
                refused.link,
            )


def refusal_of(repo: str, error: HfHubHTTPError) -> HubAccessRefused:
    """Return the reason of a refusal: status 401 means a missing or unknown token, 403 an account without access."""
    message = " ".join((error.server_message or "").split())[:300]
    reason: RefusalReason = "terms_not_accepted"
    if error.response.status_code == 401:
        reason = "no_token"
    elif any(word in message for word in _CLOSED_TO_THIS_ACCOUNT):
        reason = "not_authorised"
    link = f"{constants.ENDPOINT}/{repo}"
    return HubAccessRefused(AccessRefused(source=repo, reason=reason, link=link, said=message))


@contextmanager
def readable_errors(repo: str, revision: str) -> Iterator[None]:
    """Turn errors of the Hub library into errors that the user can act on.

    Raises:
        BadInput: The repository or its revision does not exist, or the user has no access to it.
        HubUnreachable: The Hub did not answer, or failed.
    """
    try:
        yield
    except GatedRepoError as error:
        raise refusal_of(repo, error) from None
    except RepositoryNotFoundError:
        raise BadInput(
            worded("There is no model {0} on the Hub, or it is private; check the name, or log in.", repo)
        ) from None
    except RevisionNotFoundError:
        raise BadInput(
            worded("{0} has no revision '{1}' on the Hub; check the branch, tag or commit.", repo, revision)
        ) from None
    except HFValidationError:
        raise BadInput(worded("'{0}' is not a Hub id; one looks like organisation/name.", repo)) from None
    except (OfflineModeIsEnabled, LocalEntryNotFoundError):
        raise HubUnreachable(
            worded(
                "The Hub cannot be reached and {0} is not complete in the cache; connect this computer, or copy the "
                "model's folder here and give its path.",
                repo,
            )
        ) from None
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise HubUnreachable(
            worded("The Hub answered with error {0} for {1}; try again later.", status, repo)
        ) from None


@contextmanager
def breaking_off(repo: str) -> Iterator[None]:
    """Turn errors that end a download into one sentence, except those that ``readable_errors`` explains better.

    Raises:
        HubUnreachable: The download was interrupted.
    """
    try:
        yield
    except (HfHubHTTPError, LocalEntryNotFoundError, LayerSwarmError):
        raise
    except Exception as error:
        reason = quoted(error, 200)
        raise HubUnreachable(
            worded("The download of {0} was interrupted ({1}); start it again to resume it.", repo, reason)
        ) from error
