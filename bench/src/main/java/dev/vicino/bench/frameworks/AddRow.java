package dev.vicino.bench.frameworks;

import dev.vicino.bench.race.Ratio;
import org.jspecify.annotations.Nullable;

/**
 * How all documents came into one of our stores, beside the peer, which takes them one by one.
 *
 * @param seconds of ours, the median of all rounds
 * @param peerSeconds of the peer, likewise
 * @param ratio how many times ours is as fast, round by round
 * @param required the least ratio; null where none is
 */
record AddRow(
        String peer,
        String how,
        double seconds,
        double peerSeconds,
        Ratio ratio,
        @Nullable Double required) {}
