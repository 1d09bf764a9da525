"""One page that shows every component with sample data, for whoever builds or checks pages."""
