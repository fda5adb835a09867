"""Search for the best removal set with ask/tell searchers. Needs numpy only and knows no model."""
