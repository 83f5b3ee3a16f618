// Compares each table of kernels with sums that are written as in a textbook, without Swift: for architectures on which
// the Swift tests do not run. scripts/check-aarch64 compiles and runs it.
#include "CKernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

/// Reports a failure if a value differs from its expected value by more than `tolerance` times the largest of these.
static void expect(const char *name, const float *found, const double *expected, long count, double tolerance) {
    double largest = 0, difference = 0;
    for (long i = 0; i < count; i++) {
        largest = fmax(largest, fabs(expected[i]));
        difference = isnan(found[i]) ? INFINITY : fmax(difference, fabs(found[i] - expected[i]));
    }
    bool agrees = difference <= tolerance * largest;
    printf("%s %-34s %.1e\n", agrees ? "ok  " : "FAIL", name, difference / largest);
    failures += !agrees;
}

static float wave(long i, double seed) { return (float)sin(seed + 1.7 * i + 0.001 * i * i); }

static float *waves(long count, double seed) {
    float *values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
    for (long i = 0; i < count; i++) values[i] = wave(i, seed);
    return values;
}

static void check_products(const crnn_kernels *kernels) {
    enum { rows = 29, inner = 272, columns = 48 };
    float *left = waves(rows * inner, 0), *right = waves(inner * columns, 1), *result = waves(rows * columns, 2);
    float *terms = waves(rows * inner, 0), *panels = waves(inner * columns, 0);
    double expected[rows * columns];
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < columns; c++) {
            double sum = 0;
            for (long k = 0; k < inner; k++) sum += (double)left[r * inner + k] * right[k * columns + c];
            expected[r * columns + c] = sum;
        }
    crnn_pack_terms(terms, rows * crnn_panel, left, rows, inner);
    crnn_pack_columns(panels, right, inner, columns);
    kernels->gemm.panel_product((crnn_panel_product){
        .result = {result, columns, crnn_panel},
        .left = terms,
        .left_panel_stride = rows * crnn_panel,
        .right = panels,
        .rows = rows,
        .terms = inner,
        .panels = {0, columns / crnn_panel},
    });
    expect("panel product", result, expected, rows * columns, 1e-6);
    // Odd sizes, unpacked: 19 rows by 37 columns.
    memset(result, 0, rows * columns * sizeof(float));
    kernels->gemm.add_product((crnn_matrix){result, columns}, (crnn_const_matrix){left, inner},
                              (crnn_const_matrix){right, columns}, (crnn_product_sizes){19, 37, inner});
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < columns; c++)
            if (r >= 19 || c >= 37) expected[r * columns + c] = 0;
    expect("unpacked product", result, expected, rows * columns, 1e-6);
}

/// A direct 3×3 convolution with a padding of one pixel, of images whose channels are innermost.
static void convolve(double *output, const float *input, const float *kernel, long size, long inputs, long outputs) {
    for (long y = 0; y < size; y++)
        for (long x = 0; x < size; x++)
            for (long o = 0; o < outputs; o++) {
                double sum = 0;
                for (long i = 0; i < 3; i++)
                    for (long j = 0; j < 3; j++)
                        for (long c = 0; c < inputs; c++) {
                            long v = y + i - 1, u = x + j - 1;
                            if (v < 0 || v >= size || u < 0 || u >= size) continue;
                            sum += (double)input[(v * size + u) * inputs + c]
                                   * kernel[((i * 3 + j) * inputs + c) * outputs + o];
                        }
                output[(y * size + x) * outputs + o] = sum;
            }
}

static crnn_planes planes_of(long channels, long size) {
    return (crnn_planes){channels, size, size, crnn_lanes, crnn_lanes * size, crnn_lanes * size * size,
                         channels * size * size};
}

/// Copies an image from innermost channels to blocks of channels, or back.
static void move_blocks(float *blocks, float *innermost, long channels, long size, bool to_blocks) {
    for (long p = 0; p < size * size; p++)
        for (long c = 0; c < channels; c++) {
            float *block = blocks + (c / crnn_lanes * size * size + p) * crnn_lanes + c % crnn_lanes;
            float *pixel = innermost + p * channels + c;
            if (to_blocks) *block = *pixel;
            else *pixel = *block;
        }
}

static void check_winograd(const crnn_kernels *kernels) {
    enum { size = 10, inputs = 32, outputs = 16, side = 3, tiles = side * side };
    float *input = waves(size * size * inputs, 0), *kernel = waves(9 * inputs * outputs, 1);
    float *blocks = waves(size * size * inputs, 0), *found = waves(size * size * outputs, 0);
    float *result = waves(size * size * outputs, 0);
    double expected[size * size * outputs];
    convolve(expected, input, kernel, size, inputs, outputs);
    move_blocks(blocks, input, inputs, size, true);
    float *points = waves(crnn_winograd_points * inputs * outputs, 0);
    crnn_point_matrices patches = {waves(crnn_winograd_points * tiles * inputs, 0), tiles * inputs, tiles * crnn_panel};
    crnn_point_matrices sums = {waves(crnn_winograd_points * tiles * outputs, 0), tiles * outputs, tiles * crnn_panel};
    crnn_winograd_sizes sizes = {tiles, inputs, outputs};
    crnn_tiling tiling = {side, side, 4, 1, 1};
    crnn_images images = {blocks, planes_of(inputs, size)}, results = {result, planes_of(outputs, size)};
    kernels->winograd.kernel(points, (crnn_winograd_weights){kernel, inputs * outputs, outputs}, sizes,
                             (crnn_range){0, inputs});
    kernels->winograd.patches(patches, images, NULL, tiling, (crnn_range){0, tiles});
    kernels->winograd.products(sums, patches, points, sizes, (crnn_range){0, crnn_winograd_points});
    kernels->winograd.pixels(results, sums, (crnn_epilogue){NULL, false}, tiling, (crnn_range){0, tiles});
    move_blocks(result, found, outputs, size, false);
    expect("Winograd convolution", found, expected, size * size * outputs, 5e-6);
}

static void check_single_channel(const crnn_kernels *kernels) {
    enum { size = 9, outputs = 8 };
    float *input = waves(size * size, 0), *kernel = waves(9 * outputs, 1), *result = waves(size * size * outputs, 0);
    float bias[outputs] = {0};
    double expected[size * size * outputs];
    convolve(expected, input, kernel, size, 1, outputs);
    kernels->images.single_channel_convolution((crnn_images){result, planes_of(outputs, size)},
                                               (crnn_single_channel_images){input, 1, size, size, 1, 1}, kernel,
                                               (crnn_epilogue){bias, false}, (crnn_range){0, size});
    expect("single-channel convolution", result, expected, size * size * outputs, 1e-6);
}

static void check_int8(const crnn_kernels *kernels) {
    enum { rows = 13, inner = 37, columns = 21, pairs = 19, panels = 2 };
    int8_t weights[inner * columns], packed[panels * pairs * crnn_panel * 2];
    int16_t quantized[rows * 3 * crnn_panel];
    float *values = waves(rows * inner, 0), *result = waves(rows * columns, 0), scales[columns], row_scales[rows];
    double expected[rows * columns];
    for (long i = 0; i < inner * columns; i++) weights[i] = (int8_t)(127 * wave(i, 1));
    for (long c = 0; c < columns; c++) scales[c] = 0.01f * (c + 1);
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < columns; c++) {
            double sum = 0;
            for (long k = 0; k < inner; k++) sum += (double)values[r * inner + k] * weights[k * columns + c];
            expected[r * columns + c] = sum * scales[c];
        }
    crnn_int8_matrix matrix = {packed, pairs, columns};
    crnn_quantized_rows left = {{quantized, rows * crnn_panel}, row_scales};
    crnn_pack_int8(matrix, weights, inner);
    kernels->int8.quantize_rows(left, (crnn_const_matrix){values, inner}, rows, inner, 32767);
    kernels->int8.product((crnn_int8_product){
        .result = {result, columns},
        .left = left,
        .rows = rows,
        .right = matrix,
        .column_scales = scales,
        .panels = {0, panels},
    });
    expect("int8 product", result, expected, rows * columns, 1e-4);
}

static void check_functions(const crnn_kernels *kernels) {
    enum { count = 101, units = 9 };
    float *x = waves(count, 0), *y = waves(count, 0), mask = 1;
    double expected[count];
    for (long i = 0; i < count; i++) expected[i] = 1 / (1 + exp(-(double)x[i]));
    kernels->elementwise.activate(y, x, count, crnn_sigmoid);
    expect("sigmoid", y, expected, count, 1e-6);
    float *gates = waves(4 * units, 0), *bias = waves(4 * units, 1), *before = waves(units, 2);
    float cells[units], states[units];
    for (long u = 0; u < units; u++) {
        double g[4];
        for (int k = 0; k < 4; k++) g[k] = gates[k * units + u] + bias[k * units + u];
        double cell = before[u] / (1 + exp(-g[1])) + tanh(g[2]) / (1 + exp(-g[0]));
        expected[u] = tanh(cell) / (1 + exp(-g[3]));
    }
    kernels->recurrent.lstm_step((crnn_lstm_step){
        .gates = gates,
        .bias = bias,
        .previous_cells = before,
        .previous_states = before,
        .mask = &mask,
        .cells = cells,
        .states = states,
        .rows = 1,
        .units = units,
    });
    expect("LSTM step", states, expected, units, 1e-6);
    // With one frame and one symbol, the loss is −log softmax.
    float scores[3] = {0.5f, -1, 2}, gradient[3], *workspace = waves(crnn_ctc_workspace(1, 1), 0);
    int label = 1;
    crnn_ctc_sample sample = {scores, 1, 3, 3, &label, 1, 0, 1};
    float loss = kernels->ctc.loss(&sample, gradient, workspace);
    double wanted = log(exp(0.5) + exp(-1) + exp(2)) + 1;
    expect("CTC loss", &loss, &wanted, 1, 1e-6);
}

static void check_pooling(const crnn_kernels *kernels) {
    enum { size = 6, channels = 8 };
    float *input = waves(size * size * channels, 0), result[size * size / 4 * channels];
    double expected[size * size / 4 * channels];
    for (long y = 0; y < size / 2; y++)
        for (long x = 0; x < size / 2; x++)
            for (long c = 0; c < channels; c++) {
                const float *corner = input + (2 * y * size + 2 * x) * channels + c;
                const float *below = corner + size * channels;
                expected[(y * size / 2 + x) * channels + c] =
                    fmax(fmax(corner[0], corner[channels]), fmax(below[0], below[channels]));
            }
    crnn_sliding sliding = {planes_of(channels, size), planes_of(channels, size / 2), {2, 2, 2, 2, 0, 0}};
    kernels->images.max_pooling(result, NULL, input, (crnn_pooling){sliding, false}, (crnn_range){0, 1});
    expect("max pooling", result, expected, size * size / 4 * channels, 0);
}

int main(void) {
    static const char *const names[] = {"baseline", "avx2", "avx512", "avx512-vnni", "avx512-bf16"};
    for (crnn_instruction_set set = crnn_baseline; set <= crnn_processor_instruction_set(); set++) {
        printf("%s\n", names[set]);
        const crnn_kernels *kernels = crnn_kernels_for(set);
        check_products(kernels);
        check_winograd(kernels);
        check_single_channel(kernels);
        check_int8(kernels);
        check_functions(kernels);
        check_pooling(kernels);
    }
    printf("%d failed\n", failures);
    return failures != 0;
}
