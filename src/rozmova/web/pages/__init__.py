"""One module per group of pages: each makes the view model that HTML, JSON and CSV are written from."""
