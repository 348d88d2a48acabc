"""Physics simulation in PyBullet, and verification of exported scenes in other simulators."""
