"""Everything that is found: what a page says, what a query finds, the browser's index and the command line's."""
