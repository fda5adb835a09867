"""An export goes to the Hub: a repository is made where there is none, and every file is committed at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

from engine.api.errors import BadInput
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.token import find_token

_MANIFEST = "layerswarm.json"
_UNKNOWN_TOKEN, _NOT_ALLOWED, _NO_SUCH_PLACE, _BAD_NAME = 401, 403, 404, 400
_SAID = 300


def push_folder(folder: Path, repo: str, private: bool) -> str:
    """Upload an export and return the address of its repository.

    Raises:
        BadInput: the folder is no export, the name cannot be one, or the Hub refuses the token or the account.
        HubUnreachable: the Hub does not answer now.
    """
    if not (folder / _MANIFEST).is_file() and not any(folder.glob(f"*/{_MANIFEST}")):
        raise BadInput(f"{folder} is not an export of LayerSwarm (it has no {_MANIFEST}); export a model first.")
    token = find_token()
    if token is None:
        raise BadInput(
            "The Hub takes uploads only from someone it knows: make a token that may write in your Hub account, then "
            "'hf auth login', or set HF_TOKEN."
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
    """Each way in which the Hub says no, as one sentence with what to do."""
    try:
        yield
    except HFValidationError:
        raise BadInput(f"'{repo}' is not a Hub id; one looks like organisation/name.") from None
    except OfflineModeIsEnabled:
        raise HubUnreachable("The Hub is switched off here by HF_HUB_OFFLINE; unset it to push.") from None
    except HfHubHTTPError as error:
        raise _refusal(repo, error) from None
    except Exception as error:  # no name server, no route, time-out: the library hands each on as it comes
        reason = " ".join(str(error).split())[:_SAID]
        raise HubUnreachable(f"The upload to {repo} broke off ({reason}); push again to go on.") from None


def _refusal(repo: str, error: HfHubHTTPError) -> BadInput | HubUnreachable:
    status = error.response.status_code
    said = " ".join((error.server_message or "").split())[:_SAID].rstrip(".")
    words = f" ({said})" if said else ""
    if status == _UNKNOWN_TOKEN:
        return BadInput(f"The Hub does not know the token of this computer{words}; log in again with 'hf auth login'.")
    if status == _NOT_ALLOWED:
        return BadInput(
            f"Your Hub account may not write to {repo}{words}; name a repository of yours, or use a token that may "
            "write there."
        )
    if status in (_NO_SUCH_PLACE, _BAD_NAME):
        return BadInput(f"The Hub has no place for {repo}{words}; check the name of the organisation and the model.")
    return HubUnreachable(f"The Hub answered with error {status} for {repo}{words}; try again later.")
