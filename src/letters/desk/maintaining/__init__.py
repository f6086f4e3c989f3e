"""The use cases of those who own the wording: the library as a whole, and what a change of it does."""
