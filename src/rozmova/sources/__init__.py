"""Where articles come from: files and folders, and the dates of publication given by hand."""
