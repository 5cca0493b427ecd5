package dev.vicino.documents;

import dev.vicino.store.settings.IndexKind;
import java.util.Map;

/**
 * How documents are kept and searched.
 *
 * @param collection the name of their collection; 1 … 255 letters, digits, dots, hyphens or underscores
 * @param recallFloor the share of the true neighbours that searches find, on average; above 0. With 1 every search is exact; below,
 *     a graph is walked as far as live checks show to be enough
 * @param recallShare of the searches, that is asked once more, exactly, in the background; above 0, at most 1
 * @param indexes payload indexes, by the key of the metadata that they are of: filters on these need not look at every document
 */
public record DocumentSettings(
        String collection, double recallFloor, double recallShare, Map<String, IndexKind> indexes) {
    /** The name of a collection that nobody named. */
    public static final String DEFAULT_COLLECTION = "documents";

    /** The recall that nobody asked to be another. */
    public static final double DEFAULT_RECALL_FLOOR = 0.95;

    /** One search in a hundred. */
    public static final double DEFAULT_RECALL_SHARE = 0.01;

    /** Recall 0.95, one search in a hundred checked, no payload indexes. */
    public static final DocumentSettings DEFAULT =
            new DocumentSettings(DEFAULT_COLLECTION, DEFAULT_RECALL_FLOOR, DEFAULT_RECALL_SHARE, Map.of());

    /**
     * Checks the fields, and copies the map.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public DocumentSettings {
        checkShare("recallFloor", recallFloor);
        checkShare("recallShare", recallShare);
        indexes = Map.copyOf(indexes);
    }

    private static void checkShare(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " = " + share + ", expected above 0 and at most 1");
        }
    }

    /** Whether every search is exact. */
    boolean isExact() {
        return recallFloor == 1;
    }

    /** These settings with another collection. */
    public DocumentSettings withCollection(String collection) {
        return new DocumentSettings(collection, recallFloor, recallShare, indexes);
    }

    /** These settings with another recall. */
    public DocumentSettings withRecallFloor(double recallFloor) {
        return new DocumentSettings(collection, recallFloor, recallShare, indexes);
    }

    /** These settings with another share of searches that are checked. */
    public DocumentSettings withRecallShare(double recallShare) {
        return new DocumentSettings(collection, recallFloor, recallShare, indexes);
    }

    /** These settings with other payload indexes. */
    public DocumentSettings withIndexes(Map<String, IndexKind> indexes) {
        return new DocumentSettings(collection, recallFloor, recallShare, indexes);
    }
}
