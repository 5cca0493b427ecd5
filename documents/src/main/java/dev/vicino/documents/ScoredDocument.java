package dev.vicino.documents;

/**
 * A document found.
 *
 * @param similarity the cosine, −1 … 1
 */
public record ScoredDocument(Document document, float similarity) {}
