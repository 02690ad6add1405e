"""What is made for people and programs to read: pages, and the findings of a check."""
