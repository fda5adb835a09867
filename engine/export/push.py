"""Upload an export to the Hub: create the repository if needed, and commit all files at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

from engine.api.errors import BadInput, quoted
from engine.api.message import NO_WORDS, worded
from engine.api.offline import Offline
from engine.api.socket_guard import is_offline
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.token import find_token

_MANIFEST = "layerswarm.json"
_UNKNOWN_TOKEN, _NOT_ALLOWED, _NO_SUCH_PLACE, _BAD_NAME = 401, 403, 404, 400
_MESSAGE_LENGTH = 300


def push_folder(folder: Path, repo: str, private: bool) -> str:
    """Upload an export and return the address of its repository.

    Raises:
        BadInput: The folder is not an export, the name is invalid, or the Hub refuses the token or the account.
        HubUnreachable: The Hub does not answer.
        Offline: LayerSwarm is offline.
    """
    if not (folder / _MANIFEST).is_file() and not any(folder.glob(f"*/{_MANIFEST}")):
        raise BadInput(
            worded("{0} is not an export of LayerSwarm (it has no {1}); export a model first.", folder, _MANIFEST)
        )
    if is_offline():
        raise Offline(worded("nothing is uploaded"), worded("push the folder later"))
    token = find_token()
    if token is None:
        raise BadInput(
            worded(
                "Uploading needs a Hub token with write access: create one in your Hub account, then run 'hf auth "
                "login' or set HF_TOKEN."
            )
        )
    with _readable_refusals(repo):
        api = HfApi(token=token)
        address = api.create_repo(repo, private=private, exist_ok=True)
        api.upload_folder(
            repo_id=address.repo_id,
            folder_path=folder,
            commit_message="Made by LayerSwarm",
            ignore_patterns=[".*", "*.part"],
        )
    return str(address)


@contextmanager
def _readable_refusals(repo: str) -> Iterator[None]:
    """Turn each refusal of the Hub into one sentence that names what to do."""
    try:
        yield
    except HFValidationError:
        raise BadInput(worded("'{0}' is not a Hub id; one looks like organisation/name.", repo)) from None
    except OfflineModeIsEnabled:
        raise HubUnreachable(worded("HF_HUB_OFFLINE disables the Hub; unset it to push.")) from None
    except HfHubHTTPError as error:
        raise _refusal(repo, error) from None
    except Exception as error:  # no name server, no route, time-out: the library raises each as it comes
        reason = quoted(error, _MESSAGE_LENGTH)
        raise HubUnreachable(
            worded("The upload to {0} was interrupted ({1}); push again to resume.", repo, reason)
        ) from None


def _refusal(repo: str, error: HfHubHTTPError) -> BadInput | HubUnreachable:
    status = error.response.status_code
    details = worded(" ({0})", quoted(error.server_message, _MESSAGE_LENGTH)) if error.server_message else NO_WORDS
    if status == _UNKNOWN_TOKEN:
        return BadInput(
            worded("The Hub does not accept the token of this computer{0}; log in again with 'hf auth login'.", details)
        )
    if status == _NOT_ALLOWED:
        return BadInput(
            worded(
                "Your Hub account may not write to {0}{1}; name a repository of yours, or use a token that may write "
                "there.",
                repo,
                details,
            )
        )
    if status in (_NO_SUCH_PLACE, _BAD_NAME):
        return BadInput(
            worded(
                "The Hub has no repository {0} and cannot create it{1}; check the name of the organisation and the "
                "model.",
                repo,
                details,
            )
        )
    return HubUnreachable(worded("The Hub answered with error {0} for {1}{2}; try again later.", status, repo, details))
