"""Measuring the site with a realistic amount of data: `make bench`. A measurement, not a test."""
