package dev.vicino.lists;

/** One list: the run that its rows are in now, and how many of them are gone. Who changes it holds its monitor; readers need nothing. */
final class InvertedList {
    private volatile Run run;
    private int gone;

    InvertedList(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    /** Shows other rows. */
    void show(Run next) {
        run = next;
    }

    /** Rows that are there and not to be found any more. */
    int gone() {
        return gone;
    }

    void gone(int rows) {
        gone = rows;
    }
}
