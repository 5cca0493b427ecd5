package dev.vicino;

import dev.vicino.format.Header;
import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the header of an index file says.
 *
 * @param spec the canonical spec
 * @param metric the metric's label
 * @param dimension values in a vector
 * @param size vectors
 * @param formatVersion of the file
 * @param bytes length of the file
 * @param sections in the order of the file
 */
public record IndexInfo(
        String spec, String metric, int dimension, int size, int formatVersion, long bytes, List<Section> sections) {
    /**
     * A part of the file.
     *
     * @param name what is in it
     * @param bytes its length
     */
    public record Section(String name, long bytes) {}

    /**
     * Reads the header of a file and nothing else.
     *
     * @throws CorruptFileException when it is not an index, or its header is damaged
     */
    public static IndexInfo read(Path path) throws IOException {
        try (IndexFile file = IndexFile.open(path)) {
            Header header = file.header();
            List<Section> sections = header.sections().stream()
                    .map(section -> new Section(section.name(), section.bytes()))
                    .toList();
            return new IndexInfo(
                    header.spec(),
                    header.metric(),
                    header.dimension(),
                    header.size(),
                    Header.VERSION,
                    file.bytes(),
                    sections);
        }
    }
}
