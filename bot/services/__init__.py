"""Use cases, one module a feature; every rule about who may do what stands here."""
