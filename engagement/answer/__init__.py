"""Answer: the ledger, the thread, exports."""
