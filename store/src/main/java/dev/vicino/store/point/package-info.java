/** What a collection holds: points, their ids and their vectors. Immutable values. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.point;
