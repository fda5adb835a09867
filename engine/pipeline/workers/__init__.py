"""Other devices that score candidates and write text beside this process's own: of this machine, or of a cluster."""
