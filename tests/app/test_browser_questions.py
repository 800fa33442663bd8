"""The nine questions that people come with, asked of the app on the embedded graph."""

from questions import *  # noqa: F403
