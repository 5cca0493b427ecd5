/** The language of filters. Every condition says itself what it means for a payload; payload indexes must agree with it. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.filter;
