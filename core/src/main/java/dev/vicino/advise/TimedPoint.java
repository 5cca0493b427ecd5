package dev.vicino.advise;

/**
 * What an effort gives, and takes.
 *
 * @param effort of the search
 * @param recall of the queries that tuned
 * @param latencyUs in microseconds, one query a call on one thread
 */
public record TimedPoint(int effort, Interval recall, Latency latencyUs) {}
