#ifndef CRNN_IMAGES_SINGLE_CHANNEL_H
#define CRNN_IMAGES_SINGLE_CHANNEL_H

#include "simd/vectors.h"

/// Whether a 3×3 patch from row `y` and column `x` on lies inside the image.
INLINED bool is_inside(crnn_single_channel_images image, long y, long x) {
    return y >= 0 && y + 3 <= image.height && x >= 0 && x + 3 <= image.width;
}

/// One of the images.
INLINED crnn_single_channel_images image_at(crnn_single_channel_images images, long index) {
    images.values += index * images.height * images.width;
    images.count = 1;
    return images;
}

/// The part of a kernel and of its epilogue for one block of channels.
typedef struct {
    vector weights[9];
    vector bias;
    bool relu;
} block_kernel;

/// `count` adjacent output pixels of a block of channels. All their inputs lie inside the image.
INLINED void convolve_inside(int count, float *output, const float *pixels, long width, const block_kernel *kernel) {
    vector sums[4] = {kernel->bias, kernel->bias, kernel->bias, kernel->bias};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            _Pragma("clang loop unroll(full)") for (int c = 0; c < count; c++)
                sums[c] += pixels[i * width + j + c] * kernel->weights[3 * i + j];
    for (int c = 0; c < count; c++) store(output + c * lanes, kernel->relu ? rectified(sums[c]) : sums[c]);
}

/// One output pixel of a block of channels. Some of its inputs may lie beyond the edges.
INLINED void convolve_at_edge(float *output, crnn_single_channel_images image, long y, long x,
                              const block_kernel *kernel) {
    vector sum = kernel->bias;
    for (long i = 0; i < 3; i++)
        for (long j = 0; j < 3; j++)
            if (y + i >= 0 && y + i < image.height && x + j >= 0 && x + j < image.width)
                sum += image.values[(y + i) * image.width + x + j] * kernel->weights[3 * i + j];
    store(output, kernel->relu ? rectified(sum) : sum);
}

static void single_channel_convolution(crnn_images output, crnn_single_channel_images images, const float *kernel,
                                       crnn_epilogue epilogue, crnn_range rows) {
    const crnn_planes outputs = output.planes;
    for (long block = 0; block < outputs.channels / lanes; block++) {
        block_kernel part = {.bias = load(epilogue.bias + block * lanes), .relu = epilogue.relu};
        for (int i = 0; i < 9; i++) part.weights[i] = load(kernel + i * outputs.channels + block * lanes);
        for (long row = rows.first; row < rows.first + rows.count; row++) {
            crnn_single_channel_images image = image_at(images, row / outputs.height);
            long y = row % outputs.height - image.top;
            float *target = output.values + row / outputs.height * outputs.image_stride + block * outputs.block_stride
                            + row % outputs.height * outputs.row_stride;
            for (long column = 0, count; column < outputs.width; column += count, target += count * lanes) {
                long x = column - image.left;
                count = is_inside(image, y, x) && is_inside(image, y, x + 3) && column + 4 <= outputs.width ? 4 : 1;
                if (count == 4)
                    convolve_inside(4, target, image.values + y * image.width + x, image.width, &part);
                else
                    convolve_at_edge(target, image, y, x, &part);
            }
        }
    }
}

/// The gradients of one block of outputs: of each weight, and of the bias.
typedef struct {
    vector weights[9];
    vector bias;
} kernel_sums;

/// Adds one output pixel. Its nine inputs lie inside the image.
INLINED void add_inside(kernel_sums *sums, vector gradient, const float *pixels, long width) {
    sums->bias += gradient;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sums->weights[3 * i + j] += pixels[i * width + j] * gradient;
}

/// Adds one output pixel. Some of its inputs, from row `y` and column `x` on, lie beyond the edges.
static void add_at_edge(kernel_sums *sums, vector gradient, crnn_single_channel_images image, long y, long x) {
    sums->bias += gradient;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            if (y + i < 0 || y + i >= image.height || x + j < 0 || x + j >= image.width) continue;
            sums->weights[3 * i + j] += image.values[(y + i) * image.width + x + j] * gradient;
        }
    }
}

/// Adds the pixels of one row of outputs.
INLINED void add_output_row(kernel_sums *total, crnn_single_channel_images image, const float *gradient,
                            crnn_planes outputs, long y) {
    kernel_sums row = *total;
    for (long column = 0; column < outputs.width; column++) {
        long x = column - image.left;
        vector here = load(gradient + column * outputs.pixel_stride);
        if (is_inside(image, y, x))
            add_inside(&row, here, image.values + y * image.width + x, image.width);
        else
            add_at_edge(&row, here, image, y, x);
    }
    *total = row;
}

static void single_channel_gradient(float *kernel, float *bias, crnn_single_channel_images images,
                                    crnn_images gradients, crnn_range blocks) {
    const crnn_planes outputs = gradients.planes;
    for (long block = blocks.first; block < blocks.first + blocks.count; block++) {
        kernel_sums total = {0};
        for (long index = 0; index < images.count; index++) {
            const float *plane = gradients.values + index * outputs.image_stride + block * outputs.block_stride;
            for (long row = 0; row < outputs.height; row++)
                add_output_row(&total, image_at(images, index), plane + row * outputs.row_stride, outputs,
                               row - images.top);
        }
        for (int i = 0; i < 9; i++) store(kernel + i * outputs.channels + block * lanes, total.weights[i]);
        store(bias + block * lanes, total.bias);
    }
}

#endif
