"""The record as pages for a browser on the same machine: server-made HTML, the same as JSON and CSV, no JavaScript."""
