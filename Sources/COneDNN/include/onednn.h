#ifndef CRNN_ONEDNN_H
#define CRNN_ONEDNN_H

#include <oneapi/dnnl/dnnl.h>
#include <stdbool.h>

#if DNNL_VERSION_MAJOR != 2 && DNNL_VERSION_MAJOR != 3
#error "crnn needs oneDNN 2.x or 3.x (libdnnl-dev)"
#endif

#pragma clang assume_nonnull begin

/// One interface to oneDNN 2.x and 3.x, whose descriptions of layouts and operations differ. Functions that are the
/// same in both (engines, streams, memory, execution) are used directly.
///
/// All functions that create an object return oneDNN's status. The caller owns the object.

/// Dimensions, element type and order of scalars in memory. It never changes.
typedef const struct onednn_layout_struct *onednn_layout;

/// A layout with a stride for each axis.
dnnl_status_t onednn_layout_create_with_strides(onednn_layout _Nullable *_Nonnull layout, int rank,
                                                const dnnl_dim_t *dimensions, dnnl_data_type_t type,
                                                const dnnl_dim_t *strides);

/// A layout that oneDNN has a name for, or `dnnl_format_tag_any`, which leaves the choice to an operation.
dnnl_status_t onednn_layout_create_with_tag(onednn_layout _Nullable *_Nonnull layout, int rank,
                                            const dnnl_dim_t *dimensions, dnnl_data_type_t type,
                                            dnnl_format_tag_t tag);

/// The same layout with another element type.
dnnl_status_t onednn_layout_create_with_type(onednn_layout _Nullable *_Nonnull layout, onednn_layout original,
                                             dnnl_data_type_t type);

void onednn_layout_destroy(onednn_layout layout);

/// The size in bytes, padding included.
size_t onednn_layout_size(onednn_layout layout);
dnnl_data_type_t onednn_layout_type(onednn_layout layout);
bool onednn_layouts_are_equal(onednn_layout first, onednn_layout second);

/// A handle on bytes in a layout.
dnnl_status_t onednn_memory_create(dnnl_memory_t _Nullable *_Nonnull memory, onednn_layout layout, dnnl_engine_t engine,
                                   void *bytes);

/// The layout that an operation expects for one of its arguments.
dnnl_status_t onednn_operation_layout(onednn_layout _Nullable *_Nonnull layout, const_dnnl_primitive_desc_t operation,
                                      dnnl_query_t argument);

/// The operations.

typedef dnnl_primitive_desc_t _Nullable *_Nonnull onednn_operation;

/// The engine of an operation, its attributes (scratchpad mode, scales, ReLU) and, for a gradient, the forward
/// operation.
typedef struct {
    dnnl_engine_t engine;
    dnnl_primitive_attr_t attributes;
    const_dnnl_primitive_desc_t _Nullable forward;
} onednn_settings;

dnnl_status_t onednn_reorder(onednn_operation operation, onednn_settings settings, onednn_layout source,
                             onednn_layout target);

dnnl_status_t onednn_matrix_product(onednn_operation operation, onednn_settings settings, onednn_layout left,
                                    onednn_layout right, onednn_layout result);

/// A convolution of images. A dilation is the number of skipped pixels between those that the kernel reads.
typedef struct {
    onednn_layout source, kernel, bias, target;
    dnnl_dim_t strides[2], dilations[2], before[2], after[2];
} onednn_convolution;

dnnl_status_t onednn_convolution_forward(onednn_operation operation, onednn_settings settings,
                                         const onednn_convolution *convolution, dnnl_prop_kind_t purpose);
dnnl_status_t onednn_convolution_input_gradient(onednn_operation operation, onednn_settings settings,
                                                const onednn_convolution *convolution);
/// Uses oneDNN's first implementation whose name ends in `suffix`. The status is `dnnl_unimplemented` if there is none.
dnnl_status_t onednn_convolution_kernel_gradient(onednn_operation operation, onednn_settings settings,
                                                 const onednn_convolution *convolution, const char *suffix);

/// Max pooling with a window.
typedef struct {
    onednn_layout source, target;
    dnnl_dim_t strides[2], window[2], padding[2];
} onednn_pooling;

dnnl_status_t onednn_max_pooling(onednn_operation operation, onednn_settings settings,
                                 const onednn_pooling *pooling);

dnnl_status_t onednn_batch_normalization_forward(onednn_operation operation, onednn_settings settings,
                                                 onednn_layout image, float epsilon, unsigned flags,
                                                 dnnl_prop_kind_t purpose);
dnnl_status_t onednn_batch_normalization_gradient(onednn_operation operation, onednn_settings settings,
                                                  onednn_layout image, float epsilon, unsigned flags);

/// Whether the gradient of a batch normalization with scale and shift takes the shift as an argument. The gradient does
/// not depend on the shift; oneDNN 2.x refuses to run without it, 3.x with it.
bool onednn_normalization_gradient_takes_shift(void);

/// The logarithm of the softmax along an axis.
dnnl_status_t onednn_log_softmax_forward(onednn_operation operation, onednn_settings settings,
                                         onednn_layout layout, int axis);
dnnl_status_t onednn_log_softmax_gradient(onednn_operation operation, onednn_settings settings,
                                          onednn_layout layout, int axis);

/// Applies a ReLU to the result of an operation.
dnnl_status_t onednn_set_relu(dnnl_primitive_attr_t attributes);

/// Factors for the result of an operation: one, or one per output channel.
///
/// oneDNN 2.x takes them when the operation is described, and multiplies the sum and the bias. oneDNN 3.x takes them as
/// an argument of the execution, multiplies the sum, and adds the bias afterwards.
typedef struct {
    /// Whether the factors are passed at execution, as argument `argument`.
    bool at_execution;
    int argument;
} onednn_scales;

/// Sets the factor of a reorder.
dnnl_status_t onednn_scale_reorder(dnnl_primitive_attr_t attributes, float factor, onednn_scales *scales);

/// Sets the factors of a convolution, one per output channel.
dnnl_status_t onednn_scale_convolution(dnnl_primitive_attr_t attributes, const float *factors, long count,
                                       onednn_scales *scales);

#pragma clang assume_nonnull end

#endif
