"""Pages for the browser, on the machine of who asks for them. Like the command line, they hold no logic.

`preview` makes the page of `letters templates preview`; `server` shows it, on loopback only.
"""
