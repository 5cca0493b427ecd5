// What is kept of the rows found: thresholds, and what lies below them.
#include "search.cuh"

namespace {

constexpr int THREADS = 256;  // as many as an eight-bit digit has values
constexpr int DIGIT = 8;

// Whole numbers that sort as the floats do.
__device__ unsigned sortable(float value) {
    unsigned bits = __float_as_uint(value);
    return bits ^ (bits >> 31 ? 0xffffffffu : 0x80000000u);
}

__device__ float unsorted(unsigned value) {
    return __uint_as_float(value ^ (value >> 31 ? 0x80000000u : 0xffffffffu));
}

// The k-th smallest upper bound, digit by digit from the highest: radix selection. All threads of the block take part.
__device__ float smallest(const Found* found, unsigned count, unsigned k) {
    __shared__ unsigned histogram[1 << DIGIT];
    __shared__ unsigned prefix;
    __shared__ unsigned rank;
    if (threadIdx.x == 0) {
        prefix = 0;
        rank = k;
    }
    unsigned known = 0;
    for (int shift = 32 - DIGIT; shift >= 0; shift -= DIGIT) {
        histogram[threadIdx.x] = 0;
        __syncthreads();
        for (unsigned i = threadIdx.x; i < count; i += THREADS) {
            unsigned value = sortable(found[i].upper);
            if ((value & known) == prefix) {
                atomicAdd(&histogram[value >> shift & ((1 << DIGIT) - 1)], 1u);
            }
        }
        __syncthreads();
        if (threadIdx.x == 0) {
            unsigned digit = 0;
            while (histogram[digit] < rank) {
                rank -= histogram[digit++];
            }
            prefix |= digit << shift;
        }
        __syncthreads();
        known |= ((1u << DIGIT) - 1) << shift;
    }
    return unsorted(prefix);
}

}  // namespace

// One block a query: lowers its threshold to the k-th smallest upper bound of the rows found, where there are k, and drops
// those whose lower bound is above it. Of rows that were lost nothing is known but that they were: a threshold of some rows is
// one of all.
extern "C" __global__ void __launch_bounds__(THREADS) shrink(Search search) {
    int query = blockIdx.x;
    Found* found = search.found + static_cast<size_t>(query) * CAPACITY;
    unsigned all = search.counts[query];
    unsigned count = min(all, CAPACITY);
    float threshold = search.thresholds[query];
    if (count >= search.k) {
        threshold = fminf(threshold, smallest(found, count, search.k));
    }
    __shared__ unsigned kept;
    if (threadIdx.x == 0) {
        kept = 0;
    }
    for (unsigned first = 0; first < count; first += THREADS) {
        Found own = {};
        bool keep = false;
        if (first + threadIdx.x < count) {
            own = found[first + threadIdx.x];
            keep = own.lower <= threshold;
        }
        __syncthreads();  // all have read before anybody writes, and what is written lies before what is read next
        if (keep) {
            found[atomicAdd(&kept, 1u)] = own;
        }
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        search.thresholds[query] = threshold;
        search.counts[query] = kept;
        if (all > CAPACITY) {
            search.lost[query] = 1;
        }
    }
}

// The rows that are left, of all queries one after another.
struct Packing {
    const Found* found;
    const unsigned* counts;
    const unsigned* places;  // of each query: where its rows begin
    int* rows;
};

// One block a query.
extern "C" __global__ void __launch_bounds__(THREADS) pack(Packing packing) {
    int query = blockIdx.x;
    const Found* found = packing.found + static_cast<size_t>(query) * CAPACITY;
    for (unsigned i = threadIdx.x; i < packing.counts[query]; i += THREADS) {
        packing.rows[packing.places[query] + i] = found[i].row;
    }
}
