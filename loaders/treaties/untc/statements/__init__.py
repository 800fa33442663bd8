"""Reservations, understandings and declarations, their withdrawals, and objections to them."""
