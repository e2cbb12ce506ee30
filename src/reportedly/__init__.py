"""Reportedly reads news and accounts for every statement in it: who said it, through whom, on what condition."""
