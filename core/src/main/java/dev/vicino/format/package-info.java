/** The index file: named sections with checksums, mapped when it is opened. {@link dev.vicino.format.IndexFile} is the format. */
@org.jspecify.annotations.NullMarked
package dev.vicino.format;
