"""What takes long to make of the texts is made once, and kept beside Python's bytecode.

Whoever could change it there could change the bytecode as well.
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

FOLDER = Path(__file__).parent / "__pycache__"


def kept(name: str, made_of: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` makes of these bytes; of other bytes, under another name: nothing old is ever taken."""
    file = FOLDER / f"{name}.{hashlib.sha256(made_of).hexdigest()[:16]}.kept"
    try:
        return file.read_bytes()
    except OSError:
        made = make()
    if not sys.dont_write_bytecode:
        _keep(file, made)
    return made


def _keep(file: Path, made: bytes) -> None:
    """Whole or not at all; what was kept before goes. Where nothing can be written, it is made each time."""
    name = file.name.rsplit(".", 2)[0]
    try:
        file.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as part:
            part.write(made)
        Path(part.name).chmod(0o644)  # as bytecode is: who runs the bot may be another than who installed it
        Path(part.name).replace(file)
        for older in file.parent.glob(f"{name}.*.kept"):
            if older != file:
                older.unlink(missing_ok=True)
    except OSError:
        return
