"""Discord's face: commands, components and words over the services; never storage."""
