"""The user's Hub token: kept in the system's keyring only, and never part of an event."""

from huggingface_hub import HfApi, get_token
from huggingface_hub.errors import HfHubHTTPError

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.socket_guard import is_offline

_SERVICE, _ENTRY = "layerswarm", "hugging-face-hub-token"
_REFUSED = (401, 403)
_PLAIN = ("Plaintext", "Unencrypted")
"""Beginnings of the names of backends that encrypt nothing."""


def find_token() -> str | None:
    """Return the token kept in the keyring, else that of ``HF_TOKEN`` or ``hf auth login``; None without any."""
    return kept_token() or get_token()


def kept_token() -> str | None:
    """Return the token in the keyring; None if it holds none or the system has no keyring."""
    import keyring  # here, since that takes as long as all of the Hub's library
    from keyring.errors import KeyringError

    if not _keeps_secrets():
        return None
    try:
        return keyring.get_password(_SERVICE, _ENTRY) or None
    except KeyringError:
        return None


def keep_token(token: str) -> bool:
    """Store ``token`` in the keyring, or delete the stored one if ``token`` is empty.

    Returns:
        Whether that worked; False on a computer without a keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    if not _keeps_secrets():
        return False
    try:
        if token:
            keyring.set_password(_SERVICE, _ENTRY, token)
        elif kept_token():
            keyring.delete_password(_SERVICE, _ENTRY)
    except KeyringError:
        return False
    return kept_token() == (token or None)


def _keeps_secrets() -> bool:
    """Return whether the keyring is a real one: some packages add one that writes passwords to a plain file."""
    import keyring

    backend = keyring.get_keyring()
    parts = getattr(backend, "backends", None) or [backend]
    return not any(type(part).__name__.startswith(_PLAIN) for part in parts)


def owner_of(token: str) -> str:
    """Return the name of the account that ``token`` belongs to; empty if the Hub cannot be reached.

    Raises:
        BadInput: The Hub does not recognise the token.
    """
    if is_offline():
        return ""
    try:
        return str(HfApi().whoami(token=token).get("name", ""))
    except HfHubHTTPError as error:
        if error.response.status_code in _REFUSED:
            raise BadInput(
                worded("The Hub does not know this token; copy it again from your account's settings.")
            ) from None
        return ""
    except Exception:  # no network: the token may still be valid
        return ""
