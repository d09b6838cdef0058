"""Who answers inquiries: the desks, who is on duty, who stands in for whom, and who may do what."""
