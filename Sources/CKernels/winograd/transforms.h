#ifndef CRNN_WINOGRAD_TRANSFORMS_H
#define CRNN_WINOGRAD_TRANSFORMS_H

#include "maps.h"
#include "tiles.h"
#include <stddef.h>

/// Transforms a square of `size`² vectors into the values at 6×6 points, which lie `point_stride` floats apart.
INLINED void write_points(winograd_map map, int size, float *points, long point_stride, const vector *square) {
    vector columns[crnn_winograd_points], values[patch_size];
    for (int x = 0; x < size; x++) map(columns + x, size, square + x, size);
    for (int y = 0; y < patch_size; y++, points += patch_size * point_stride) {
        map(values, 1, columns + size * y, 1);
        for (int x = 0; x < patch_size; x++) store(points + x * point_stride, values[x]);
    }
}

/// Transforms the columns of 6×6 points that lie `point_stride` floats apart. The rows of the result are six vectors.
INLINED void read_points(winograd_map map, vector *columns, const float *points, long point_stride) {
    for (int x = 0; x < patch_size; x++) {
        vector values[patch_size];
        for (int y = 0; y < patch_size; y++) values[y] = load(points + (patch_size * y + x) * point_stride);
        map(columns + x, patch_size, values, 1);
    }
}

static void winograd_kernel(float *points, crnn_winograd_weights kernel, crnn_winograd_sizes sizes,
                            crnn_range inputs) {
    for (long input = inputs.first; input < inputs.first + inputs.count; input++) {
        for (long output = 0; output < sizes.outputs; output += lanes) {
            vector weights[9];
            const float *source = kernel.values + input * kernel.input_stride + output;
            for (int i = 0; i < 9; i++) weights[i] = load(source + i * kernel.weight_stride);
            float *target = points + (output / crnn_panel * sizes.inputs + input) * crnn_panel + output % crnn_panel;
            write_points(kernel_points, 3, target, sizes.inputs * sizes.outputs, weights);
        }
    }
}

static void winograd_kernel_gradient(crnn_winograd_weights kernel, const float *points, crnn_winograd_sizes sizes,
                                     crnn_range inputs) {
    for (long input = inputs.first; input < inputs.first + inputs.count; input++) {
        for (long output = 0; output < sizes.outputs; output += lanes) {
            vector columns[3 * patch_size], weights[9];
            read_points(kernel_weights, columns, points + input * sizes.outputs + output, sizes.inputs * sizes.outputs);
            for (int y = 0; y < 3; y++) kernel_weights(weights + 3 * y, 1, columns + patch_size * y, 1);
            float *target = kernel.values + input * kernel.input_stride + output;
            for (int i = 0; i < 9; i++) {
                float *sum = target + i * kernel.weight_stride;
                store(sum, load(sum) + weights[i]);
            }
        }
    }
}

/// The channels of a block, in a row of the first matrix.
INLINED float *row_of(crnn_point_matrices matrices, long row, long block) {
    return matrices.values + block / 2 * matrices.panel_stride + row * crnn_panel + block % 2 * lanes;
}

/// Prefetches a row of all matrices: these are more streams than a processor's own prefetcher follows.
INLINED void prefetch_row(crnn_point_matrices matrices, long row, long block) {
    const float *first = row_of(matrices, row, block);
    for (int p = 0; p < crnn_winograd_points; p++) __builtin_prefetch(first + p * matrices.point_stride);
}

/// Calls `BODY` for each tile of a range and each block of channels, panel by panel. `place` is the position of the
/// tile, and `row` its row of the matrices, of which the row after the next is prefetched.
#define FOR_EACH_TILE(matrices, planes, tiling, range, BODY)                                                 \
    for (long first = 0; first < planes.channels / lanes; first += 2) {                                      \
        for (long row = 0; row < range.count; row++) {                                                       \
            const place place = place_of(range.first + row, tiling, tile_size);                              \
            prefetch_row(matrices, row + 2, first);                                                          \
            for (long block = first; block < first + 2; block++) BODY                                        \
        }                                                                                                    \
    }

/// A square of pixels from row `y` and column `x` of a plane on, with zeros beyond the edges.
INLINED void read_square(vector *values, int size, const float *plane, const float *mask, crnn_planes planes,
                         long y, long x) {
    bool inside = y >= 0 && x >= 0 && y + size <= planes.height && x + size <= planes.width;
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
            bool exists = inside || (y + i >= 0 && y + i < planes.height && x + j >= 0 && x + j < planes.width);
            long offset = (y + i) * planes.row_stride + (x + j) * planes.pixel_stride;
            vector value = exists ? load(plane + offset) : (vector){0};
            values[i * size + j] = mask && exists ? where(load(mask + offset) > 0, value) : value;
        }
    }
}

static void winograd_patches(crnn_point_matrices patches, crnn_images images, const float *mask, crnn_tiling tiling,
                             crnn_range tiles) {
    const crnn_planes planes = images.planes;
    FOR_EACH_TILE(patches, planes, tiling, tiles, {
        vector pixels[crnn_winograd_points];
        long offset = place.image * planes.image_stride + block * planes.block_stride;
        read_square(pixels, patch_size, images.values + offset, mask ? mask + offset : NULL, planes,
                    place.row - tiling.top, place.column - tiling.left);
        write_points(patch_points, patch_size, row_of(patches, row, block), patches.point_stride, pixels);
    })
}

static void winograd_tile_gradients(crnn_point_matrices tiles, float *sums, crnn_images gradients, const float *mask,
                                    crnn_tiling tiling, crnn_range range) {
    const crnn_planes planes = gradients.planes;
    FOR_EACH_TILE(tiles, planes, tiling, range, {
        vector pixels[tile_size * tile_size];
        vector sum = load(sums + block * lanes);
        long offset = place.image * planes.image_stride + block * planes.block_stride;
        read_square(pixels, tile_size, gradients.values + offset, mask ? mask + offset : NULL, planes, place.row,
                    place.column);
        for (int i = 0; i < tile_size * tile_size; i++) sum += pixels[i];
        store(sums + block * lanes, sum);
        write_points(tile_points, tile_size, row_of(tiles, row, block), tiles.point_stride, pixels);
    })
}

/// Writes the pixels of a tile that lie inside the image, from the transformed columns of its values.
INLINED void write_tile(float *corner, const vector *columns, vector bias, bool relu, crnn_planes planes,
                        place place) {
    long rows = smaller(tile_size, planes.height - place.row), width = smaller(tile_size, planes.width - place.column);
    for (int i = 0; i < rows; i++, corner += planes.row_stride) {
        vector pixels[tile_size];
        tile_pixels(pixels, 1, columns + patch_size * i, 1);
        for (int j = 0; j < width; j++) store(corner + j * planes.pixel_stride, finished(pixels[j], bias, relu));
    }
}

static void winograd_pixels(crnn_images images, crnn_point_matrices tiles, crnn_epilogue epilogue, crnn_tiling tiling,
                            crnn_range range) {
    const crnn_planes planes = images.planes;
    FOR_EACH_TILE(tiles, planes, tiling, range, {
        vector columns[tile_size * patch_size];
        vector bias = epilogue.bias ? load(epilogue.bias + block * lanes) : (vector){0};
        read_points(tile_pixels, columns, row_of(tiles, row, block), tiles.point_stride);
        float *corner = images.values + place.image * planes.image_stride + block * planes.block_stride
                        + place.row * planes.row_stride + place.column * planes.pixel_stride;
        write_tile(corner, columns, bias, epilogue.relu, planes, place);
    })
}

#undef FOR_EACH_TILE

#endif
