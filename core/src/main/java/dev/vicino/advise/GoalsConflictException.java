package dev.vicino.advise;

import java.util.List;
import java.util.stream.Collectors;

/** No index was found that meets all goals together. */
public final class GoalsConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Obstacle> obstacles;
    private final transient List<Alternative> alternatives;

    GoalsConflictException(String goals, List<Obstacle> obstacles, List<Alternative> alternatives) {
        super("no index meets " + goals + "; " + sentence(obstacles));
        this.obstacles = List.copyOf(obstacles);
        this.alternatives = List.copyOf(alternatives);
    }

    private static String sentence(List<Obstacle> obstacles) {
        if (obstacles.isEmpty()) {
            return "two goals or more would have to be given up";
        }
        return obstacles.stream()
                .map(obstacle -> "without the limit of %s: %s, %s"
                        .formatted(obstacle.limit().label(), obstacle.spec(), obstacle.cost()))
                .collect(Collectors.joining("; "));
    }

    /** The goals of which each alone is in the way of the others; none where more than one would have to be given up. */
    public List<Obstacle> obstacles() {
        return obstacles;
    }

    /** What was looked at, the fastest first. */
    public List<Alternative> alternatives() {
        return alternatives;
    }
}
