"""The site with its starter and sample content, loaded once and kept between runs of the tests.

`building` loads it in a process of its own and records in `evidence` what decided the outcome; `keeping` finds one that
still holds, or has it built while others wait; `databases` copies it for each process that runs tests.
"""
