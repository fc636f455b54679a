"""Pure rules over values and dates: no I/O, no Discord, no SQL, no clock."""
