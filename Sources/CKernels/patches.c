#include "patches.h"
#include "vectors.h"

VECTORS_BEGIN

void crnn_pack_patches(float *panels, long panel_stride, const float *image, crnn_planes inputs, crnn_planes outputs,
                       crnn_window window, crnn_range range) {
    const long place_stride = inputs.channels / crnn_panel * panel_stride;
    for (long r = 0; r < range.count; r++) {
        long index = range.first + r, line = index / outputs.width;
        long top = line % outputs.height * window.row_step - window.top;
        long left = index % outputs.width * window.column_step - window.left;
        const float *source = image + line / outputs.height * inputs.image_stride;
        float *target = panels + r * crnn_panel;
        for (long i = 0; i < window.height; i++) {
            for (long j = 0; j < window.width; j++, target += place_stride) {
                long y = top + i, x = left + j;
                bool exists = y >= 0 && y < inputs.height && x >= 0 && x < inputs.width;
                const float *pixel = source + y * inputs.row_stride + x * inputs.pixel_stride;
                float *place = target;
                for (long block = 0; block < inputs.channels / lanes; block += 2, place += panel_stride)
                    for (long half = 0; half < 2; half++)
                        store(place + half * lanes,
                              exists ? load(pixel + (block + half) * inputs.block_stride) : (vector){0});
            }
        }
    }
}

void crnn_add_bias(float *rows, long stride, const float *bias, long count, long columns, bool relu) {
    for (long r = 0; r < count; r++) {
        for (long c = 0; c < columns; c++) {
            float value = rows[r * stride + c] + bias[c];
            rows[r * stride + c] = relu && value < 0 ? 0 : value;
        }
    }
}

VECTORS_END
