package dev.vicino.advise;

/**
 * How a {@link RecallGuard} watches.
 *
 * @param floor the mean recall to be kept; above 0, below 1
 * @param share of the searches that are looked at; above 0, at most 1
 * @param cpu the most that this may take, as a share of one core; above 0, at most 1
 * @param window searches that recall is told of: the last so many; at least 50
 * @param least searches looked at before anything is concluded; 50 … window
 * @param seed of which searches are looked at
 */
public record GuardOptions(double floor, double share, double cpu, int window, int least, long seed) {
    /** With fewer the interval is so wide that it says nothing. */
    private static final int FEWEST = 50;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public GuardOptions {
        if (!(floor > 0 && floor < 1)) {
            throw new IllegalArgumentException("floor = " + floor + ", expected above 0 and below 1");
        }
        checkShare("share", share);
        checkShare("cpu", cpu);
        if (window < FEWEST) {
            throw new IllegalArgumentException("window = " + window + ", expected at least " + FEWEST);
        }
        if (least < FEWEST || least > window) {
            throw new IllegalArgumentException("least = " + least + ", expected " + FEWEST + "..window = " + window);
        }
    }

    private static void checkShare(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " = " + share + ", expected above 0 and at most 1");
        }
    }

    /** One search in a hundred, a twentieth of a core, the last 2,000 looked at, from 200 on. */
    public static GuardOptions keeping(double floor) {
        return new GuardOptions(floor, 0.01, 0.05, 2000, 200, 1);
    }

    /** These options with another share of the searches. */
    public GuardOptions withShare(double share) {
        return new GuardOptions(floor, share, cpu, window, least, seed);
    }

    /** These options with another share of a core. */
    public GuardOptions withCpu(double cpu) {
        return new GuardOptions(floor, share, cpu, window, least, seed);
    }

    /** These options with another window. */
    public GuardOptions withWindow(int window, int least) {
        return new GuardOptions(floor, share, cpu, window, least, seed);
    }
}
