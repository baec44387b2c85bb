"""The platforms that the demo sells at: fakes on this machine that know the story, and go on living."""
