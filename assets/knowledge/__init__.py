"""Knowledge base of object categories: tables and the scripts that derive them."""
