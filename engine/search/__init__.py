"""Looking for the removal set: ask/tell searchers over exactly k removed layers. Numpy only; they know no model."""
