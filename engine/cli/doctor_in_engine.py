"""The checks of ``layerswarm doctor`` that run in the engine's environment; they are printed as JSON."""

import os
import sys

import msgspec

from engine.api.offline import begin
from engine.cli.doctor import engine_checks, findings_of


def main() -> None:
    """Check, and print the findings in one line."""
    begin()
    printed = os.dup(1)
    os.dup2(2, 1)  # whatever libraries print must not stand before it
    findings = findings_of(engine_checks())
    with os.fdopen(printed, "wb") as output:
        output.write(msgspec.json.encode(findings) + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
