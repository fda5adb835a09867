"""Run models that are larger than the device: a decoder layer is in memory only while it is applied."""
