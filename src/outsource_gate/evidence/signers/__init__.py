"""Who signs where the private key never leaves a device or a service? One module per kind of place."""
