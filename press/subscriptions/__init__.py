"""Press releases by e-mail: who has subscribed, and the mail that each of them gets."""
