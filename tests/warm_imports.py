"""Imported by a server of warm processes before the model libraries, whose objects all stay.

No garbage is looked for among them, neither during the imports nor in the processes, where it would copy their memory.
"""

import gc
import os

gc.disable()
os.register_at_fork(before=gc.freeze, after_in_child=gc.enable)
