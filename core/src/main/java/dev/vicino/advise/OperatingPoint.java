package dev.vicino.advise;

/**
 * What an effort gives.
 *
 * @param effort of the search
 * @param recall of the queries asked at it
 */
record OperatingPoint(int effort, Interval recall) {}
