"""The process that looks at words before they are saved: words as JSON come in, what was seen goes out.

Run by ``engagement.listen.first_look`` as ``python -m engagement.listen.first_look_child``.
"""

from __future__ import annotations

import json
import sys

from engagement.listen.first_look import ToLookAt, look_here, pack_look

if __name__ == "__main__":
    asked = (ToLookAt(**each) for each in json.load(sys.stdin))
    sys.stdout.write(json.dumps([pack_look(look_here(words)) for words in asked]))
