"""The site with its starter and sample content, loaded once and kept between runs of the tests.

`building` loads it in a separate process and records with `evidence` what the result depends on; `keeping` finds a kept
site that is still valid, or has one built while other processes wait; `databases` copies it for each test process.
"""
