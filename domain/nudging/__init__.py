"""When people are asked, and who hears it: the ladder, and stretches of days to look back on."""
