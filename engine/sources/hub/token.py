"""The person's Hub token, in the keyring of the system; it is never written anywhere else, nor told in an event."""

import keyring
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError
from keyring.errors import KeyringError

from engine.api.errors import BadInput

_SERVICE, _ENTRY = "layerswarm", "hugging-face-hub-token"
_REFUSED = (401, 403)


def kept_token() -> str | None:
    """The token in the keyring; None where there is none, or no keyring."""
    try:
        return keyring.get_password(_SERVICE, _ENTRY) or None
    except KeyringError:
        return None


def keep_token(token: str) -> bool:
    """Put a token in the keyring; an empty one takes the kept one out. False where this computer has no keyring."""
    try:
        if token:
            keyring.set_password(_SERVICE, _ENTRY, token)
        elif kept_token():
            keyring.delete_password(_SERVICE, _ENTRY)
    except KeyringError:
        return False
    return kept_token() == (token or None)


def owner_of(token: str) -> str:
    """The name of the account that a token belongs to; empty where the Hub cannot be asked now.

    Raises:
        BadInput: the Hub does not know the token.
    """
    try:
        return str(HfApi().whoami(token=token).get("name", ""))
    except HfHubHTTPError as error:
        if error.response.status_code in _REFUSED:
            raise BadInput("The Hub does not know this token; copy it again from your account's settings.") from None
        return ""
    except Exception:  # no network: the token may be right all the same
        return ""
