"""Running, checking and deploying the project: what the Makefile calls."""
