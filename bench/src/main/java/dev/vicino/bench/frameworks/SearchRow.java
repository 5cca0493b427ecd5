package dev.vicino.bench.frameworks;

import dev.vicino.advise.Interval;
import dev.vicino.bench.race.Ratio;

/**
 * One of our stores beside a peer.
 *
 * @param floor recall that ours was told to keep; 1 for exact search
 * @param recall that its searches had, by the exact one
 * @param agreement the share of the peer's documents that our exact search finds too
 * @param millis of a search of ours, the median of all rounds
 * @param peerMillis of a search of the peer, likewise
 * @param ratio how many times ours is as fast, round by round
 * @param required the least ratio
 */
record SearchRow(
        String peer,
        double floor,
        Interval recall,
        double agreement,
        double millis,
        double peerMillis,
        Ratio ratio,
        double required) {}
