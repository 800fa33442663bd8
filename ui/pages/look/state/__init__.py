"""The parts of a state's page, one file each: every part has ``draw(view, iso3, name, year)``."""
