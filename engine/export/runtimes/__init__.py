"""Run exported models in their runtimes, each in a process of its own, and compare their predictions."""
