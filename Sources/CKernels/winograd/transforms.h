#ifndef CRNN_WINOGRAD_TRANSFORMS_H
#define CRNN_WINOGRAD_TRANSFORMS_H

#include "maps.h"
#include "tiles.h"
#include <stddef.h>

static void winograd_kernel(float *result, crnn_winograd_weights kernel, crnn_winograd_sizes sizes, bool rotated,
                            crnn_range inputs) {
    long point_stride = sizes.inputs * sizes.outputs;
    for (long input = inputs.first; input < inputs.first + inputs.count; input++) {
        for (long output = 0; output < sizes.outputs; output += lanes) {
            vector weights[9], columns[18], values[crnn_winograd_points];
            const float *source = kernel.values + input * kernel.input_stride + output;
            for (int i = 0; i < 9; i++)
                weights[i] = load(source + (rotated ? 8 - i : i) * kernel.weight_stride);
            for (int x = 0; x < 3; x++) kernel_points(columns + x, 3, weights + x, 3);
            for (int y = 0; y < 6; y++) kernel_points(values + 6 * y, 1, columns + 3 * y, 1);
            float *target = result + (output / crnn_panel * sizes.inputs + input) * crnn_panel + output % crnn_panel;
            for (int p = 0; p < crnn_winograd_points; p++) store(target + p * point_stride, values[p]);
        }
    }
}

static void winograd_kernel_gradient(crnn_winograd_weights kernel, const float *gradients,
                                     crnn_winograd_sizes sizes, crnn_range inputs) {
    for (long input = inputs.first; input < inputs.first + inputs.count; input++) {
        for (long output = 0; output < sizes.outputs; output += lanes) {
            vector values[crnn_winograd_points], columns[18], weights[9];
            const float *source = gradients + input * sizes.outputs + output;
            for (int p = 0; p < crnn_winograd_points; p++) values[p] = load(source + p * sizes.inputs * sizes.outputs);
            for (int x = 0; x < 6; x++) kernel_weights(columns + x, 6, values + x, 6);
            for (int y = 0; y < 3; y++) kernel_weights(weights + 3 * y, 1, columns + 6 * y, 1);
            float *target = kernel.values + input * kernel.input_stride + output;
            for (int i = 0; i < 9; i++) {
                float *sum = target + i * kernel.weight_stride;
                store(sum, load(sum) + weights[i]);
            }
        }
    }
}

/// A place for eight channels of a row.
INLINED float *row_of(crnn_point_matrices matrices, long row, long block) {
    return matrices.values + block / 2 * matrices.panel_stride + row * crnn_panel + block % 2 * lanes;
}

/// Prefetches the values of the row after the next: the points are more streams than a processor's prefetcher follows.
INLINED void fetch_row(crnn_point_matrices matrices, long row, long block) {
    const float *place = row_of(matrices, row + 2, block);
    for (int p = 0; p < crnn_winograd_points; p++) __builtin_prefetch(place + p * matrices.point_stride);
}

/// A square of pixels from row `y` and column `x` on, with zeros beyond the edges.
INLINED void read_square(vector *values, int size, const float *image, const float *mask, crnn_planes planes,
                         long y, long x) {
    bool inside = y >= 0 && x >= 0 && y + size <= planes.height && x + size <= planes.width;
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
            bool exists = inside || (y + i >= 0 && y + i < planes.height && x + j >= 0 && x + j < planes.width);
            long offset = (y + i) * planes.row_stride + (x + j) * planes.pixel_stride;
            vector value = exists ? load(image + offset) : (vector){0};
            values[i * size + j] = mask && exists ? where(load(mask + offset) > 0, value) : value;
        }
    }
}

static void winograd_patches(crnn_point_matrices patches, const float *image, const float *mask,
                             crnn_planes planes, crnn_tiling tiling, crnn_range tiles) {
    for (long first = 0; first < planes.channels / lanes; first += 2) {
        for (long index = 0; index < tiles.count; index++) {
            place place = place_of(tiles.first + index, tiling, tile_size);
            fetch_row(patches, index, first);
            for (long block = first; block < first + 2; block++) {
                long offset = place.image * planes.image_stride + block * planes.block_stride;
                vector pixels[crnn_winograd_points], columns[crnn_winograd_points], values[patch_size];
                read_square(pixels, patch_size, image + offset, mask ? mask + offset : NULL, planes,
                            place.row - tiling.top, place.column - tiling.left);
                for (int x = 0; x < 6; x++) patch_points(columns + x, 6, pixels + x, 6);
                float *target = row_of(patches, index, block);
                for (int y = 0; y < 6; y++, target += 6 * patches.point_stride) {
                    patch_points(values, 1, columns + 6 * y, 1);
                    for (int x = 0; x < 6; x++) store(target + x * patches.point_stride, values[x]);
                }
            }
        }
    }
}

static void winograd_pixels(float *image, crnn_point_matrices tiles, const float *bias, bool relu,
                            crnn_planes planes, crnn_tiling tiling, crnn_range range) {
    for (long first = 0; first < planes.channels / lanes; first += 2) {
        for (long index = 0; index < range.count; index++) {
            place place = place_of(range.first + index, tiling, tile_size);
            long rows = smaller(tile_size, planes.height - place.row);
            long columns = smaller(tile_size, planes.width - place.column);
            fetch_row(tiles, index, first);
            for (long block = first; block < first + 2; block++) {
                vector shift = bias ? load(bias + block * lanes) : (vector){0};
                vector values[patch_size], half[24], pixels[tile_size];
                const float *source = row_of(tiles, index, block);
                for (int x = 0; x < 6; x++) {
                    for (int y = 0; y < 6; y++) values[y] = load(source + (6 * y + x) * tiles.point_stride);
                    tile_pixels(half + x, 6, values, 1);
                }
                float *target = image + place.image * planes.image_stride + block * planes.block_stride +
                                place.row * planes.row_stride + place.column * planes.pixel_stride;
                for (int i = 0; i < rows; i++, target += planes.row_stride) {
                    tile_pixels(pixels, 1, half + 6 * i, 1);
                    for (int j = 0; j < columns; j++) {
                        vector value = pixels[j] + shift;
                        store(target + j * planes.pixel_stride, relu ? rectified(value) : value);
                    }
                }
            }
        }
    }
}

static void winograd_tile_gradients(crnn_point_matrices tiles, float *sums, const float *image, const float *mask,
                                    crnn_planes planes, crnn_tiling tiling, crnn_range range) {
    for (long first = 0; first < planes.channels / lanes; first += 2) {
        for (long index = 0; index < range.count; index++) {
            place place = place_of(range.first + index, tiling, tile_size);
            fetch_row(tiles, index, first);
            for (long block = first; block < first + 2; block++) {
                long offset = place.image * planes.image_stride + block * planes.block_stride;
                vector pixels[16], half[24], values[patch_size], sum = load(sums + block * lanes);
                read_square(pixels, tile_size, image + offset, mask ? mask + offset : NULL, planes, place.row,
                            place.column);
                for (int i = 0; i < 16; i++) sum += pixels[i];
                store(sums + block * lanes, sum);
                for (int x = 0; x < 4; x++) tile_points(half + x, 4, pixels + x, 4);
                float *target = row_of(tiles, index, block);
                for (int y = 0; y < 6; y++, target += 6 * tiles.point_stride) {
                    tile_points(values, 1, half + 4 * y, 1);
                    for (int x = 0; x < 6; x++) store(target + x * tiles.point_stride, values[x]);
                }
            }
        }
    }
}

#undef A
#undef B
#undef AA
#undef BB
#undef WEIGHT_0
#undef WEIGHT_A
#undef WEIGHT_B

#endif
