// Products in single precision, for what 16 bits leave open.
#include "search.cuh"

namespace {

constexpr int QUERIES = 64;  // in a tile; Java knows it as Kernels.SINGLE_QUERIES
constexpr int ROWS = 128;    // in a tile; Java knows it as Kernels.TILE_ROWS
constexpr int STEP = 16;     // values of a row in shared memory at a time
constexpr int THREADS = 256;
constexpr int M = 4;         // queries a thread
constexpr int N = 8;         // rows a thread

// A step of COUNT rows of a matrix, value by value, zeros beyond its end.
template <int COUNT>
__device__ void copyStep(float (&to)[STEP][COUNT + 4], const float* matrix, int first, int count, int width, int from) {
    for (int i = threadIdx.x; i < COUNT * STEP; i += THREADS) {
        int row = first + i / STEP;
        int column = from + i % STEP;
        bool exists = row < count && column < width;
        to[i % STEP][i / STEP] = exists ? matrix[static_cast<size_t>(row) * width + column] : 0.0f;
    }
}

}  // namespace

extern "C" __global__ void __launch_bounds__(THREADS) products_single(Search search) {
    __shared__ float queryStep[STEP][QUERIES + 4];
    __shared__ float rowStep[STEP][ROWS + 4];

    Tile at = tile<QUERIES, ROWS>(search);
    int firstQuery = threadIdx.x / (ROWS / N) * M;
    int firstRow = threadIdx.x % (ROWS / N);  // and every sixteenth from there on
    float sums[M][N] = {};
    for (int from = 0; from < search.width; from += STEP) {
        copyStep<QUERIES>(queryStep, static_cast<const float*>(search.queries), at.firstQuery, search.queryCount,
                          search.width, from);
        copyStep<ROWS>(rowStep, static_cast<const float*>(search.rows), at.firstRow, search.rowCount, search.width,
                       from);
        __syncthreads();
#pragma unroll
        for (int i = 0; i < STEP; i++) {
#pragma unroll
            for (int m = 0; m < M; m++) {
#pragma unroll
                for (int n = 0; n < N; n++) {
                    sums[m][n] = fmaf(queryStep[i][firstQuery + m], rowStep[i][firstRow + ROWS / N * n], sums[m][n]);
                }
            }
        }
        __syncthreads();
    }

    int queries[M];
    int rows[N];
#pragma unroll
    for (int m = 0; m < M; m++) {
        queries[m] = at.firstQuery + firstQuery + m;
    }
#pragma unroll
    for (int n = 0; n < N; n++) {
        rows[n] = at.firstRow + firstRow + ROWS / N * n;
    }
    offer(search, sums, queries, rows);
}
