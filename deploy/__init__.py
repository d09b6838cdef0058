"""The programs behind the Makefile: they run, check and deploy the project."""
