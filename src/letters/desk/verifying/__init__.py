"""The use case `verify`: a letter is made again from its manifest, and what differs is named."""
