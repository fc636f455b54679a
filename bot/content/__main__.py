"""`python -m bot.content [folder]`: checks every text and names file, id and reason of the first fault."""

import sys
from pathlib import Path

from bot.content import load
from bot.domain.errors import ContentError

try:
    content = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
except ContentError as fault:
    sys.exit(str(fault))
said = f"{len(content.prompts)} prompts, {len(content.texts)} texts and {len(content.lines)} help lines"
sys.stdout.write(f"{said}: all well.\n")
