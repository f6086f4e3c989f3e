"""Looking after a wording library: what its texts can say, what is wrong with them, what a change does.

In: a loaded `Library`, the `Register`, dates. Out: findings and problems. Nothing here opens a file, asks
what day it is, or makes a letter to be sent; the desk gives it what it needs.
"""
