"""Press releases: their pages, pictures, feeds and press kits."""
