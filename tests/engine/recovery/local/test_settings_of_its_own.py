"""The window lets only those settings be changed that the chosen method of recovery reads."""

import re
from pathlib import Path

from engine.api.recovery_settings import ONLY_FOR_LORA, RecoverySettings
from engine.recovery import local

SOURCES = [file.read_text(encoding="utf-8") for file in Path(local.__file__).parent.glob("*.py")]


def test_local_distillation_reads_no_setting_that_is_only_for_lora() -> None:
    read = {name for source in SOURCES for name in re.findall(r"\bsettings\.(?:recovery\.)?(\w+)", source)}
    assert read & set(RecoverySettings.__struct_fields__) != set()
    assert read & ONLY_FOR_LORA == set()
    assert set(RecoverySettings.__struct_fields__) >= ONLY_FOR_LORA
