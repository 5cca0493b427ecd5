/**
 * Exact search of few dimensions by k-d trees (Bentley, 1975) and ball trees (Omohundro, 1989), alive under change.
 *
 * <p>A node has up to sixteen children, whose boxes or balls lie side by side so that one pass of a kernel bounds all of them; that is four
 * levels of a binary tree in one. A leaf has up to 64 rows, column by column. Nodes never change: a change makes new ones along one path
 * and puts the new root in the place of the old, so searches take no lock and see one moment, and the garbage collector takes what nobody
 * sees any more. That is why nodes and rows are on the heap.
 *
 * <p>{@link dev.vicino.tree.LiveTree} is what an index uses. Builder builds, Walk searches, Changes changes; a Shape says what is known of
 * the rows below a node, and Splits how they are divided.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.tree;
