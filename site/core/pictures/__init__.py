"""Pictures: how an upload is made ready, the sizes that pages offer, and the markup that shows them."""
