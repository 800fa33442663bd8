"""The status pages of the United Nations Treaty Collection: who is bound by the 18 core instruments, how and since when."""
