"""`make backup`, `make backup-keys` and `make restore` (docs/operations.md, “Backups”).

`saving` writes a backup and `restoring` reads one, with the parts that both know: `manifest` (what is in the folder),
`databases` (one module for each engine), `media` (uploaded files), `keys` (whether the keys of this installation open
what is stored) and `folders` (names, locks, room). `checking` says how the restored site is.
"""
