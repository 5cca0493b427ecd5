package dev.vicino.rows;

import java.util.Arrays;

/** Integers, last in first out. Not safe for use by several threads. */
public final class IntStack {
    private int[] values = new int[16];
    private int size;

    public void push(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    public int pop() {
        return values[--size];
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }
}
