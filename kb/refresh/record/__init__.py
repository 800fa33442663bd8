"""What every run did, and which row gave which fact."""
