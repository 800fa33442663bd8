"""What stays until it is stopped: the app, a server, the tools of an assistant."""
