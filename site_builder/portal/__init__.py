"""What makes the site belong to a government portal: tags, catalogue, feeds, linked data, fragments."""
