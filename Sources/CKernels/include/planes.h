#ifndef CRNN_PLANES_H
#define CRNN_PLANES_H

#include <stdbool.h>

/// The channels that one vector holds; images keep as many neighbouring channels side by side in memory.
enum { crnn_lanes = 8 };

/// Sizes of images and the distances between neighbours in memory, in numbers; channels lie in blocks
/// of `crnn_lanes`, unless a kernel says that they lie innermost.
typedef struct {
    long channels, height, width;
    long pixel_stride, row_stride, block_stride, image_stride;
} crnn_planes;

/// Consecutive pieces of the whole work.
typedef struct {
    long first, count;
} crnn_range;

/// Whether the processor has what the kernels over such images were compiled for: AVX2 with FMA, where it is an
/// x86-64.
bool crnn_vectors_run(void);

#endif
