/**
 * What every comparison with other programs needs: processes that search on command, threads bound to cores, ratios round by round,
 * and tables. How turns are taken, and what comes of them, is each comparison's own.
 */
@NullMarked
package dev.vicino.bench.race;

import org.jspecify.annotations.NullMarked;
