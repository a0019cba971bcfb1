"""What is measured to know the product, beside others or by itself: each file is a command; `make bench` runs some."""
