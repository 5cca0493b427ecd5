package dev.vicino.store.write;

/**
 * A write that is on disk and seen by every search that begins from now on.
 *
 * @param sequence the sequence number of its last operation
 * @param changed points changed, each once an operation
 */
public record WriteResult(long sequence, long changed) {}
