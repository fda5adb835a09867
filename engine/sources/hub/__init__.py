"""Models on the Hugging Face Hub: search, the user's token, downloads and the Hub's cache."""
