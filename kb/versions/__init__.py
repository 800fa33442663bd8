"""Built graphs: where they live, which one is current, whether its engine can be trusted, what it says of itself."""
