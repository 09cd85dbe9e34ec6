"""The coach’s page: one HTML file that shows what was found in narratives and takes the coach’s decisions."""
