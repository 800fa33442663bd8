"""Is a new load good, and what does it change?"""
