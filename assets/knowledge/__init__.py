"""What is known about kinds of object: a table, and the script that derives it."""
