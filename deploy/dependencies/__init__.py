"""What the site is made of: the locked requirements, whether advisories concern them, their licences, their list."""
