package dev.vicino.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all: written under a temporary name in the same folder, forced to disk, then renamed
 * over the target by {@link #commit}. Closing without a commit deletes what was written and leaves an older target as it was.
 *
 * <pre>{@code
 * try (var file = AtomicFile.create(target)) {
 *     write(file.channel());
 *     file.commit();
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Opens a temporary file beside the target.
     *
     * @throws IOException when the folder does not exist or cannot be written to, or when the target is a folder
     */
    public static AtomicFile create(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw new IOException(target + " is a folder, expected the name of a file to write");
        }
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(target + " cannot be written: the folder " + folder + " does not exist");
        }
        Path temporary = Files.createTempFile(folder, "." + absolute.getFileName() + ".", ".tmp");
        // Made again, because a temporary file is private to its owner and the finished one has the usual permissions.
        Files.delete(temporary);
        FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new AtomicFile(absolute, temporary, channel);
    }

    /** Where to write; readable too, so that a header can be checked after it was written. */
    public FileChannel channel() {
        return channel;
    }

    /** The name under which the file is written until it is committed. */
    public Path temporary() {
        return temporary;
    }

    /** Forces the file to disk and puts it in the place of the target; nothing may be written afterwards. */
    public void commit() throws IOException {
        channel.force(true);
        channel.close();
        keepPermissions();
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        committed = true;
        forceFolder();
    }

    /** A file that takes the place of another has its permissions, where the system has such. */
    private void keepPermissions() throws IOException {
        if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
        }
    }

    /** The rename itself is durable only once the folder is on disk; systems that cannot open a folder (Windows) need no such step. */
    private void forceFolder() throws IOException {
        FileChannel folder;
        try {
            folder = FileChannel.open(target.getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            return;
        }
        try (folder) {
            folder.force(true);
        }
    }

    /** Deletes the temporary file unless it was committed. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
