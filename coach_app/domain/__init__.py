"""Plain types and rules of the coach. No Qt, torch, mss or network here."""
