"""Who is bound, since when and until when."""
