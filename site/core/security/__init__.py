"""What protects the site and the people who write to it: encryption, limits, responses that leave no trace."""
