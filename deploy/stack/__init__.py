"""`make stack`: the whole site on one Debian machine, from nothing, and again for every release (docs/operations.md,
“Production”).

`install` holds the order. The parts that it calls each look first and change only what is not right: `release` (code,
packages, what is made from them), `configuration` (secrets and addresses), `certificate`, `proxy`, `content`. What
differs between a machine with systemd and one without is in `debian` and `supervised`; the latter runs the same
units (`units`, `runner`) below a folder, for tests and containers. Only Python's standard library is imported.
"""
