"""What people do with the product, one folder for each step of the way."""
