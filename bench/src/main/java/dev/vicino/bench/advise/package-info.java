/**
 * The advisor against a grid over all families: whether it keeps its promise on fresh queries, and how near it comes to the best index
 * that there is. {@link dev.vicino.bench.advise.AdviseVerb} is the way in.
 */
@NullMarked
package dev.vicino.bench.advise;

import org.jspecify.annotations.NullMarked;
