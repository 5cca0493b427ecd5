/** Clusters: k-means, and which centroid is nearest to a row. {@link dev.vicino.cluster.KMeans} is the way in. */
@org.jspecify.annotations.NullMarked
package dev.vicino.cluster;
