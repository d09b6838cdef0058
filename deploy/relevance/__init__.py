"""How well search answers: judged queries, measures, and stock Wagtail's search beside ours."""
