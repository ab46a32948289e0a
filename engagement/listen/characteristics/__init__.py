"""What people said of themselves, beside groups that many surveys share: proposed, then confirmed."""
