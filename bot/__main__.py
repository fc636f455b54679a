"""`python -m bot`: the operator's commands; `screen` needs nothing of the others, so it waits for none."""

import sys

if sys.argv[1:] == ["screen"]:
    from bot.screen import main
else:
    from bot.cli import main

main()
