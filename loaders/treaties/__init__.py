"""Who signed, joined, reserved, objected and left."""
