"""The application of coaches: the pages of this room served to the machine itself, for an account that is pasted or opened."""
