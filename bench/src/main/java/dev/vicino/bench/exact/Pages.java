package dev.vicino.bench.exact;

/**
 * The pages that the memory of one side lies on, when everything of a data set was loaded.
 *
 * @param data name of the data set
 * @param process whose memory
 * @param bytes what could lie on large pages: ours without the heap of Java, all of FAISS's
 * @param largePageBytes what of it does
 */
record Pages(String data, String process, long bytes, long largePageBytes) {}
