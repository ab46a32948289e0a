"""Many texts: who does the work, how far it is, and how it stays within memory."""
