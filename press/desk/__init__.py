"""The press desk: where press officers work through inquiries, in Wagtail's admin."""
