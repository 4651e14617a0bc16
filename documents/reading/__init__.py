"""Plan files in: each kind of file becomes one outline, and one grammar reads the outline."""
