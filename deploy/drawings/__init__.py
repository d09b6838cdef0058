"""Programs that drew the pictures and files of the starter and sample content; run by hand when either changes."""
