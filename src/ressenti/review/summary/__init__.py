"""One page to print for the meeting with the person: what the account says, in its words."""
