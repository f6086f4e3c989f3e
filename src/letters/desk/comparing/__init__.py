"""The use case `compare`: what was changed in Word, and where the changed words came from."""
