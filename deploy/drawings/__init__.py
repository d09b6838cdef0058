"""Programs that generate the pictures and files of the starter and sample content; run by hand when either changes."""
