// What all kernels of a search share: its description, which Java writes (SearchArguments), and what becomes of a product.
#pragma once

// Rows that a query keeps; Java knows it as Kernels.CAPACITY.
constexpr unsigned CAPACITY = 4096;

// What bounds take of a query; BoundedQuery in Java.
struct QueryBounds {
    float factor;
    float termFactor;
    float offset;
    float slackFactor;
    float slack;
};

// A row that may be among the nearest, and the bounds of its distance.
struct Found {
    float lower;
    float upper;
    int row;
};

// One search in one block of rows.
struct Search {
    const void* queries;        // queryCount · width halves or floats
    const float* queryPowers;   // what a product is multiplied by, of each query; null in single precision
    const QueryBounds* bounds;  // of each query
    float* thresholds;          // of each query: no row is kept whose lower bound is above it
    unsigned* counts;           // of each query: rows found; more than CAPACITY where some were lost
    unsigned* lost;             // of each query: whether rows were lost, ever
    Found* found;               // queryCount · CAPACITY
    const void* rows;           // rowCount · width halves or floats
    const float* rowPowers;     // what a product is multiplied by, of each row; null in single precision
    const float* scales;        // of each row; NaN where it has no bounds
    const float* terms;         // of each row
    const unsigned* allowed;    // a bit for each row of all blocks; null for all rows
    int queryCount;
    int width;       // values in a row and a query
    int firstRow;    // ordinal of the first row of the block
    int rowCount;    // rows in the block
    int tiles;       // tiles in the block
    int tileStride;  // place p is taken by tile p·tileStride mod tiles; the two have no common divisor
    int firstPlace;  // the place of the first tile of this launch
    int k;
};

// Which part of the matrix a thread block computes: all tiles of queries of a tile of rows come one after another, so that
// the rows come from memory once.
struct Tile {
    int firstQuery;
    int firstRow;  // in the block
};

template <int QUERIES, int ROWS>
__device__ Tile tile(const Search& search) {
    int queryTiles = (search.queryCount + QUERIES - 1) / QUERIES;
    long long place = search.firstPlace + blockIdx.x / queryTiles;
    int rowTile = static_cast<int>(place * search.tileStride % search.tiles);
    return {static_cast<int>(blockIdx.x % queryTiles) * QUERIES, rowTile * ROWS};
}

__device__ inline bool isAllowed(const Search& search, int row) {
    if (row >= search.rowCount) {
        return false;
    }
    unsigned ordinal = search.firstRow + row;
    return search.allowed == nullptr || (search.allowed[ordinal / 32] >> ordinal % 32 & 1) != 0;
}

// Keeps the rows whose lower bound is not above the threshold, of the products that a thread has: products[i][j] is that of
// query queries[i] and row rows[j].
template <int M, int N>
__device__ void offer(
        const Search& search, const float (&products)[M][N], const int (&queries)[M], const int (&rows)[N]) {
    float scales[N];
    float terms[N];
#pragma unroll
    for (int j = 0; j < N; j++) {
        bool allowed = isAllowed(search, rows[j]);
        float power = allowed && search.rowPowers != nullptr ? search.rowPowers[rows[j]] : 1.0f;
        scales[j] = allowed ? search.scales[rows[j]] * power : __int_as_float(0x7fffffff);  // NaN is below nothing
        terms[j] = allowed ? search.terms[rows[j]] : 0.0f;
    }
#pragma unroll
    for (int i = 0; i < M; i++) {
        int query = queries[i];
        if (query >= search.queryCount) {
            continue;
        }
        QueryBounds of = search.bounds[query];
        float factor = of.factor * (search.queryPowers == nullptr ? 1.0f : search.queryPowers[query]);
        float threshold = search.thresholds[query];
#pragma unroll
        for (int j = 0; j < N; j++) {
            float lower = fmaf(products[i][j] * factor, scales[j], fmaf(terms[j], of.termFactor, of.offset));
            if (lower <= threshold) {
                unsigned place = atomicAdd(&search.counts[query], 1u);
                if (place < CAPACITY) {
                    float upper = lower + fmaf(terms[j], of.slackFactor, of.slack);
                    search.found[static_cast<size_t>(query) * CAPACITY + place] = {
                        lower, upper, search.firstRow + rows[j]};
                }
            }
        }
    }
}
