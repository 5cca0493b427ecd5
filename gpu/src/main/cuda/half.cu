// Products in 16 bits a value on tensor cores, with sums in single precision.
#include <cuda_fp16.h>

#include "search.cuh"

// Rows and queries in 16 bits: each is multiplied by the power of two that brings its largest value to 2¹⁴ … 2¹⁵, so that
// nothing overflows and what vanishes is small, and is filled up to whole steps with zeros.
struct Halving {
    const float* values;  // count · dimension
    __half* halves;       // count · width
    float* powers;        // of each row: what turns a product back
    int count;
    int dimension;
    int width;
};

// One warp a row.
extern "C" __global__ void halve(Halving halving) {
    int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    int lane = threadIdx.x % 32;
    if (row >= halving.count) {
        return;
    }
    const float* values = halving.values + static_cast<size_t>(row) * halving.dimension;
    __half* halves = halving.halves + static_cast<size_t>(row) * halving.width;
    float largest = 0;
    for (int i = lane; i < halving.dimension; i += 32) {
        largest = fmaxf(largest, fabsf(values[i]));
    }
    for (int other = 16; other > 0; other /= 2) {
        largest = fmaxf(largest, __shfl_xor_sync(0xffffffff, largest, other));
    }
    int exponent = 15;  // of a row of zeros
    if (largest > 0) {
        frexpf(largest, &exponent);
    }
    float power = ldexpf(1.0f, 15 - exponent);
    for (int i = lane; i < halving.width; i += 32) {
        halves[i] = __float2half_rn(i < halving.dimension ? values[i] * power : 0.0f);
    }
    if (lane == 0) {
        halving.powers[row] = ldexpf(1.0f, exponent - 15);
    }
}

namespace {

constexpr int ROWS = 128;     // in a tile; Java knows it as Kernels.TILE_ROWS
constexpr int STEP = 32;      // values of a row in shared memory at a time; Java pads rows to whole steps
constexpr int CHUNKS = 4;     // of eight values, which are copied at once
constexpr int STAGES = 3;     // steps in shared memory, one of them in use
constexpr int THREADS = 256;  // in eight warps

// Where chunk c of a row lies: eight rows at the same chunk are in different banks.
__device__ int swizzled(int row, int chunk) {
    return row * STEP + (chunk ^ (row >> 1 & 3)) * 8;
}

// Copies 16 bytes to shared memory when it suits, or zeros.
__device__ void copyLater(__half* to, const __half* from, bool exists) {
    unsigned address = static_cast<unsigned>(__cvta_generic_to_shared(to));
    int bytes = exists ? 16 : 0;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(address), "l"(from), "r"(bytes) : "memory");
}

// Four matrices of 8 by 8, of which each lane names a row.
__device__ void loadMatrices(unsigned (&to)[4], const __half* from) {
    unsigned address = static_cast<unsigned>(__cvta_generic_to_shared(from));
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
                 : "r"(address)
                 : "memory");
}

// Adds the products of 16 queries and 8 rows over 16 values.
__device__ void multiply(
        float& c0, float& c1, float& c2, float& c3, const unsigned (&a)[4], unsigned b0, unsigned b1) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 "
                 "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c0), "+f"(c1), "+f"(c2), "+f"(c3)
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// A step of COUNT rows of a matrix, zeros beyond its end.
template <int COUNT>
__device__ void copyStep(__half* to, const __half* matrix, int first, int count, int width, int step) {
    for (int i = threadIdx.x; i < COUNT * CHUNKS; i += THREADS) {
        int row = i / CHUNKS;
        int chunk = i % CHUNKS;
        bool exists = first + row < count;
        size_t at = static_cast<size_t>(exists ? first + row : 0) * width + step * STEP + chunk * 8;
        copyLater(to + swizzled(row, chunk), matrix + at, exists);
    }
}

// QUERIES by ROWS products, by warps that have WARP_QUERIES by WARP_ROWS each.
template <int QUERIES, int WARP_QUERIES, int WARP_ROWS>
__device__ void products(const Search& search) {
    static_assert((QUERIES / WARP_QUERIES) * (ROWS / WARP_ROWS) * 32 == THREADS, "a part for every warp");
    constexpr int M = WARP_QUERIES / 16;
    constexpr int N = WARP_ROWS / 8;
    __shared__ __align__(128) __half stages[STAGES][(QUERIES + ROWS) * STEP];

    Tile at = tile<QUERIES, ROWS>(search);
    const __half* queryMatrix = static_cast<const __half*>(search.queries);
    const __half* rowMatrix = static_cast<const __half*>(search.rows);
    int steps = search.width / STEP;
    auto copy = [&](int step) {
        if (step < steps) {
            __half* stage = stages[step % STAGES];
            copyStep<QUERIES>(stage, queryMatrix, at.firstQuery, search.queryCount, search.width, step);
            copyStep<ROWS>(stage + QUERIES * STEP, rowMatrix, at.firstRow, search.rowCount, search.width, step);
        }
        asm volatile("cp.async.commit_group;" ::: "memory");  // one group a step, were it empty
    };

    int lane = threadIdx.x % 32;
    int warp = threadIdx.x / 32;
    int warpQuery = warp % (QUERIES / WARP_QUERIES) * WARP_QUERIES;
    int warpRow = warp / (QUERIES / WARP_QUERIES) * WARP_ROWS;
    float sums[2 * M][2 * N] = {};  // sums[2m + h][2n + e]: query 16m + 8h + lane / 4, row 8n + 2 (lane mod 4) + e
    for (int step = 0; step < STAGES - 1; step++) {
        copy(step);
    }
    for (int step = 0; step < steps; step++) {
        asm volatile("cp.async.wait_group %0;" ::"n"(STAGES - 2) : "memory");
        __syncthreads();  // the step is there, and nobody reads the one before it any more
        copy(step + STAGES - 1);
        const __half* queryStage = stages[step % STAGES];
        const __half* rowStage = queryStage + QUERIES * STEP;
#pragma unroll
        for (int half = 0; half < STEP / 16; half++) {
            unsigned a[M][4];
            unsigned b[N / 2][4];
#pragma unroll
            for (int m = 0; m < M; m++) {
                loadMatrices(a[m], queryStage + swizzled(warpQuery + 16 * m + lane % 16, 2 * half + lane / 16));
            }
#pragma unroll
            for (int n = 0; n < N / 2; n++) {
                int row = warpRow + 16 * n + lane / 16 * 8 + lane % 8;
                loadMatrices(b[n], rowStage + swizzled(row, 2 * half + lane / 8 % 2));
            }
#pragma unroll
            for (int m = 0; m < M; m++) {
#pragma unroll
                for (int n = 0; n < N; n++) {
                    multiply(sums[2 * m][2 * n], sums[2 * m][2 * n + 1], sums[2 * m + 1][2 * n],
                             sums[2 * m + 1][2 * n + 1], a[m], b[n / 2][n % 2 * 2], b[n / 2][n % 2 * 2 + 1]);
                }
            }
        }
    }

    int queries[2 * M];
    int rows[2 * N];
#pragma unroll
    for (int i = 0; i < 2 * M; i++) {
        queries[i] = at.firstQuery + warpQuery + 8 * i + lane / 4;
    }
#pragma unroll
    for (int j = 0; j < 2 * N; j++) {
        rows[j] = at.firstRow + warpRow + j / 2 * 8 + lane % 4 * 2 + j % 2;
    }
    offer(search, sums, queries, rows);
}

}  // namespace

// For few queries: the rows are what takes time.
extern "C" __global__ void __launch_bounds__(THREADS) products_half_16(Search search) {
    products<16, 16, 16>(search);
}

// For many queries.
extern "C" __global__ void __launch_bounds__(THREADS) products_half_128(Search search) {
    products<128, 64, 32>(search);
}
