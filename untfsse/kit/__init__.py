"""The cellar: small tools that two apps use. It knows Django only."""
