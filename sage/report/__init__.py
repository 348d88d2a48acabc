"""One page that shows a scene: what was asked, what stands where, what the judges say."""
