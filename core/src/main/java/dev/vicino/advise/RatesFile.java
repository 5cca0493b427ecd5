package dev.vicino.advise;

import dev.vicino.advise.Machine.Rates;
import dev.vicino.io.AtomicFile;
import dev.vicino.kernel.Kernels;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The measured rates of a machine in {@code machine.properties}, a file that may be deleted at any time. */
final class RatesFile {
    static final String NAME = "machine.properties";

    private RatesFile() {}

    /** The rates that a folder has, or else measured ones, which it has from then on if it can be written. */
    static Rates once(Path folder) {
        Path file = folder.resolve(NAME);
        Optional<Rates> kept = read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        Rates measured = MachineMeasurement.measure();
        try {
            Files.createDirectories(folder);
            write(file, measured);
        } catch (IOException e) {
            return measured; // nothing is lost but a second of the next process
        }
        return measured;
    }

    /** The rates of a file; nothing where there is none, it is damaged, or it was written under other circumstances. */
    static Optional<Rates> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            if (!circumstances().equals(properties.getProperty("of"))) {
                return Optional.empty();
            }
            return Optional.of(new Rates(
                    rate(properties, "readBytes"), rate(properties, "multiplyAdds"), rate(properties, "readLatency")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static double rate(Properties properties, String name) {
        return Double.parseDouble(properties.getProperty(name, "0"));
    }

    static void write(Path file, Rates rates) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("of", circumstances());
        properties.setProperty("readBytes", String.valueOf(rates.readBytes()));
        properties.setProperty("multiplyAdds", String.valueOf(rates.multiplyAdds()));
        properties.setProperty("readLatency", String.valueOf(rates.readLatency()));
        StringWriter text = new StringWriter();
        properties.store(text, "What this machine can do, measured; see dev.vicino.advise.Machine.");
        try (AtomicFile target = AtomicFile.create(file)) {
            ByteBuffer left = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                target.channel().write(left);
            }
            target.commit();
        }
    }

    /** What the rates depend on. */
    private static String circumstances() {
        return String.join(
                ", ", System.getProperty("os.arch"), Kernels.BEST.description(), System.getProperty("java.version"));
    }
}
