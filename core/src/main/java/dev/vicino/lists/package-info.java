/**
 * Inverted lists over any code: rows are divided among the centroids of k-means, and a search goes through the lists whose centroids are
 * near (IVF; Sivic and Zisserman, ICCV 2003; with codes, Jégou and others, TPAMI 2011).
 *
 * <p>A list is a Run: blocks of 32 codes in a Region of BlockMemory, and the slots of its rows. Lists are all of them, made by one
 * Learning; Coarse has the centroids. {@link dev.vicino.lists.LiveLists} is what an index uses: ListSearches and ListChanges, of which
 * there may be any number at once, over the Parts that they share. ListSnapshot and ListFile are its file.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.lists;
