#include "thin.h"
#include "vectors.h"

VECTORS_BEGIN

/// The sums of one block of outputs: for each weight, and for the bias.
typedef struct {
    vector weights[9];
    vector bias;
} sums;

/// Adds one output pixel whose nine inputs all exist.
INLINED void add_inside(sums *sums, vector gradient, const float *pixels, long width) {
    sums->bias += gradient;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sums->weights[3 * i + j] += pixels[i * width + j] * gradient;
}

/// Adds one output pixel some of whose inputs, from row `y` and column `x` on, lie beyond the edges.
static void add_at_edge(sums *sums, vector gradient, crnn_grey_image image, long y, long x) {
    sums->bias += gradient;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            if (y + i < 0 || y + i >= image.height || x + j < 0 || x + j >= image.width) continue;
            sums->weights[3 * i + j] += image.values[(y + i) * image.width + x + j] * gradient;
        }
    }
}

/// Adds the pixels of one row of outputs.
INLINED void add_row(sums *total, crnn_grey_image image, const float *gradient, crnn_planes outputs, long y) {
    sums row = *total;
    bool inside = y >= 0 && y + 3 <= image.height;
    for (long column = 0; column < outputs.width; column++) {
        long x = column - image.left;
        vector here = load(gradient + column * outputs.pixel_stride);
        if (inside && x >= 0 && x + 3 <= image.width)
            add_inside(&row, here, image.values + y * image.width + x, image.width);
        else
            add_at_edge(&row, here, image, y, x);
    }
    *total = row;
}

void crnn_thin_kernel_gradient(float *kernel, float *bias, crnn_grey_image image, const float *gradient,
                               crnn_planes outputs, long images, crnn_range blocks) {
    long size = image.height * image.width;
    for (long block = blocks.first; block < blocks.first + blocks.count; block++) {
        sums total = {0};
        for (long index = 0; index < images; index++) {
            crnn_grey_image one = image;
            one.values += index * size;
            const float *plane = gradient + index * outputs.image_stride + block * outputs.block_stride;
            for (long row = 0; row < outputs.height; row++)
                add_row(&total, one, plane + row * outputs.row_stride, outputs, row - image.top);
        }
        for (int i = 0; i < 9; i++) store(kernel + i * outputs.channels + block * lanes, total.weights[i]);
        store(bias + block * lanes, total.bias);
    }
}

VECTORS_END
