package dev.vicino.bench.ann;

/**
 * What one setting gives.
 *
 * @param effort efSearch
 * @param recall share of the true neighbours that are found, 0 … 1
 * @param qps queries a second
 */
record Point(int effort, double recall, double qps) {}
