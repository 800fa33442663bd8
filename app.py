"""The explorer. Run it with ``hrkb serve``; :mod:`ui` says how it is made and how to add a page."""

from ui.frame import app

app.run()
