#ifndef CRNN_TILES_H
#define CRNN_TILES_H

#include "CKernels.h"
#include "simd/vectors.h"

/// The position of a tile's first pixel.
typedef struct {
    long image, row, column;
} place;

/// The position of a tile, by its index among the tiles of all images. Tiles are `size` pixels high and wide.
INLINED place place_of(long index, crnn_tiling tiling, long size) {
    long line = index / tiling.columns;
    return (place){line / tiling.rows, line % tiling.rows * size, index % tiling.columns * size};
}

#endif
