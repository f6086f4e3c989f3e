"""Finished documents, from here or elsewhere -> their text with places. It knows no case and no letter."""
