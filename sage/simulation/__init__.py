"""Physics: settling and stability in PyBullet, and the verification of exports in other engines."""
