"""What a run has come to, as plain tables and sentences."""
