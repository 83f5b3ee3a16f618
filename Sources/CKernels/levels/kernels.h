/// All kernels of one instruction set and their table. A level's file includes this after it has defined `LEVEL_TABLE`,
/// the name of the table; `LEVEL_ROWS` and `LEVEL_PANELS`, the rows and panels of the micro-kernel of float products;
/// and, unless it is the baseline, `LEVEL_AVX2` or `LEVEL_AVX512`, to which VNNI adds `LEVEL_VNNI`.

#include "ctc/ctc.h"
#include "elementwise/activation.h"
#include "elementwise/optimizers.h"
#include "elementwise/rows.h"
#include "gemm/panel_product.h"
#include "gemm/small_product.h"
#include "images/max_pooling.h"
#include "images/single_channel.h"
#include "int8/products.h"
#include "int8/quantization.h"
#include "int8/winograd.h"
#include "recurrent/gru.h"
#include "recurrent/lstm.h"
#include "recurrent/simple.h"
#include "winograd/products.h"
#include "winograd/transforms.h"

const crnn_kernels LEVEL_TABLE = {
    .elementwise = {
        .activate = activate,
        .activate_gradient = activate_gradient,
        .relu_bf16 = relu_bf16,
        .relu_gradient_bf16 = relu_gradient_bf16,
        .scale = scale,
        .add = add_elements,
        .multiply = multiply_elements,
        .blend = blend,
        .squared_norm = squared_norm,
        .column_sums = column_sums,
        .add_bias = add_bias,
        .scatter_rows = scatter_rows,
    },
    .gemm = {
        .add_product = add_product,
        .panel_product = panel_product,
    },
    .images = {
        .max_pooling = max_pooling,
        .max_pooling_gradient = max_pooling_gradient,
        .max_pooling_bf16 = max_pooling_bf16,
        .max_pooling_gradient_bf16 = max_pooling_gradient_bf16,
        .single_channel_convolution = single_channel_convolution,
        .single_channel_gradient = single_channel_gradient,
    },
    .winograd = {
        .kernel = winograd_kernel,
        .patches = winograd_patches,
        .products = winograd_products,
        .unpacked_products = winograd_unpacked_products,
        .pixels = winograd_pixels,
        .tile_gradients = winograd_tile_gradients,
        .kernel_products = winograd_kernel_products,
        .kernel_gradient = winograd_kernel_gradient,
    },
    .int8 = {
        .quantize_rows = quantize_rows,
        .product = int8_product,
        .winograd_patches = int8_winograd_patches,
        .winograd_products = int8_winograd_products,
        .winograd_pixels = int8_winograd_pixels,
    },
    .recurrent = {
        .lstm_step = lstm_step,
        .lstm_step_gradient = lstm_step_gradient,
        .gru_step = gru_step,
        .gru_step_gradient = gru_step_gradient,
        .gru_reset = gru_reset,
        .gru_update = gru_update,
        .gru_update_gradient = gru_update_gradient,
        .gru_reset_gradient = gru_reset_gradient,
        .simple_step = simple_step,
        .simple_step_gradient = simple_step_gradient,
        .masked_outputs_gradient = masked_outputs_gradient,
    },
    .ctc = {
        .loss = ctc_loss,
    },
    .optimizers = {
        .adam = adam,
        .amsgrad = amsgrad,
        .rmsprop = rmsprop,
        .adadelta = adadelta,
        .momentum = momentum,
    },
};
