#!/bin/sh
# Print the Python that .venv is made with: 3.11 by preference, since the pins are made for it, else a newer one.
for name in python3.11 python3.12 python3.13 python3.14 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "letters needs Python 3.11 or newer, and none was found." >&2
echo "Install it, for example:  sudo apt-get install python3.11 python3.11-venv" >&2
exit 1
