#ifndef CRNN_TILES_H
#define CRNN_TILES_H

#include "CKernels.h"
#include "simd/vectors.h"

/// Where a tile's first pixel lies.
typedef struct {
    long image, row, column;
} place;

/// The place of one of the tiles that cover images, each `size` pixels high and wide.
INLINED place place_of(long index, crnn_tiling tiling, long size) {
    long line = index / tiling.columns;
    return (place){line / tiling.rows, line % tiling.rows * size, index % tiling.columns * size};
}

#endif
