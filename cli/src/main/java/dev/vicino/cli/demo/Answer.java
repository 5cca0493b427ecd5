package dev.vicino.cli.demo;

import java.util.List;

/**
 * The answer to one question.
 *
 * @param embedUs time to embed the question, in microseconds
 * @param searchUs time to search, in microseconds; the median of a few searches, after a warm-up
 * @param hits best first
 */
public record Answer(String question, long embedUs, long searchUs, List<Hit> hits) {
    /**
     * One text found.
     *
     * @param rank 1 for the best
     * @param score cosine similarity, at most 1; higher is better
     */
    public record Hit(int rank, float score, String source, String text) {}
}
