"""Models on the Hugging Face Hub: search, token, download."""
