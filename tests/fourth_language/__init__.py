"""The site with a fourth language: Central Kurdish, which nobody has translated anything into yet.

Addresses, choices and trees of pages follow from the declared languages when a process starts, so the checks run in a
process of their own with their own settings (`tests.integration.test_fourth_language` starts it).
"""
