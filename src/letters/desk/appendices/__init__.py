"""The use cases around confidential appendices: making them, pairing them with letters, guarding those."""
