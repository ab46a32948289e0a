"""Words that are typed in: by a facilitator at a drop-in, or by anybody on a public form."""
