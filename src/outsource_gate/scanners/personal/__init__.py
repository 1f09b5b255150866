"""What does personal data look like? Tables, words and checksums; all pure, all in time linear to the text."""
