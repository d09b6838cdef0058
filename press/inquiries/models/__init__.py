"""An inquiry and its records."""
