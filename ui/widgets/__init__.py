"""What visitors choose with, and small parts that several pages share."""
