"""What do branch, records, tracker and a scan say of each vendor's work? Reads them and has the figures counted."""
