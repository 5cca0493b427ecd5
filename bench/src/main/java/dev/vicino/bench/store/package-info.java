/**
 * Durable collections: how fast they are written, searched and opened, beside the bare index and beside other stores.
 * {@link dev.vicino.bench.store.StoreVerb} is the way in.
 */
@NullMarked
package dev.vicino.bench.store;

import org.jspecify.annotations.NullMarked;
