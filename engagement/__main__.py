"""The command line: ``python -m engagement VERB``. ``--help`` after each verb says what it does."""

import sys

from engagement.command_line import run_command

if __name__ == "__main__":
    sys.exit(run_command(sys.argv[1:]))
