#include "layout.h"

#if DNNL_VERSION_MAJOR == 3
#include <stddef.h>

dnnl_status_t onednn_layout_create_with_strides(onednn_layout *layout, int rank, const dnnl_dim_t *dimensions,
                                                dnnl_data_type_t type, const dnnl_dim_t *strides) {
    return dnnl_memory_desc_create_with_strides((dnnl_memory_desc_t *)layout, rank, dimensions, type, strides);
}

dnnl_status_t onednn_layout_create_with_tag(onednn_layout *layout, int rank, const dnnl_dim_t *dimensions,
                                            dnnl_data_type_t type, dnnl_format_tag_t tag) {
    return dnnl_memory_desc_create_with_tag((dnnl_memory_desc_t *)layout, rank, dimensions, type, tag);
}

/// The properties of a layout.
typedef struct {
    int rank, blocks;
    const dnnl_dims_t *dimensions, *strides;
    dnnl_data_type_t type;
} properties;

static properties properties_of(onednn_layout layout) {
    properties p = {0};
    const_dnnl_memory_desc_t d = described(layout);
    dnnl_memory_desc_query(d, dnnl_query_ndims_s32, &p.rank);
    dnnl_memory_desc_query(d, dnnl_query_inner_nblks_s32, &p.blocks);
    dnnl_memory_desc_query(d, dnnl_query_dims, &p.dimensions);
    dnnl_memory_desc_query(d, dnnl_query_strides, &p.strides);
    dnnl_memory_desc_query(d, dnnl_query_data_type, &p.type);
    return p;
}

dnnl_status_t onednn_layout_create_with_type(onednn_layout *layout, onednn_layout original, dnnl_data_type_t type) {
    // The blocked layouts of images. oneDNN 3.x does not report the name of a layout, so it is found by comparison.
    static const dnnl_format_tag_t blocked[] = {dnnl_nChw8c, dnnl_nChw16c, dnnl_nChw4c};
    const properties p = properties_of(original);
    if (p.blocks == 0)
        return onednn_layout_create_with_strides(layout, p.rank, *p.dimensions, type, *p.strides);
    for (size_t i = 0; p.rank == 4 && i < sizeof blocked / sizeof *blocked; i++) {
        onednn_layout tried;
        dnnl_status_t status = onednn_layout_create_with_tag(&tried, p.rank, *p.dimensions, p.type, blocked[i]);
        if (status != dnnl_success) return status;
        bool is_found = onednn_layouts_are_equal(tried, original);
        onednn_layout_destroy(tried);
        if (is_found) return onednn_layout_create_with_tag(layout, p.rank, *p.dimensions, type, blocked[i]);
    }
    // Another blocked layout, of an image or its like: row-major order serves as well.
    if (p.rank > 5) return dnnl_unimplemented;
    static const dnnl_format_tag_t row_major[] = {dnnl_a, dnnl_ab, dnnl_abc, dnnl_abcd, dnnl_abcde};
    return onednn_layout_create_with_tag(layout, p.rank, *p.dimensions, type, row_major[p.rank - 1]);
}

void onednn_layout_destroy(onednn_layout layout) { dnnl_memory_desc_destroy((dnnl_memory_desc_t)layout); }

size_t onednn_layout_size(onednn_layout layout) { return dnnl_memory_desc_get_size(described(layout)); }

dnnl_data_type_t onednn_layout_type(onednn_layout layout) { return properties_of(layout).type; }

bool onednn_layouts_are_equal(onednn_layout first, onednn_layout second) {
    return dnnl_memory_desc_equal(described(first), described(second)) != 0;
}

dnnl_status_t onednn_operation_layout(onednn_layout *layout, const_dnnl_primitive_desc_t operation,
                                      dnnl_query_t argument) {
    const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(operation, argument, 0);
    if (!found) return onednn_layout_create_with_strides(layout, 0, NULL, dnnl_data_type_undef, NULL);
    return dnnl_memory_desc_clone((dnnl_memory_desc_t *)layout, found);
}

dnnl_status_t onednn_matrix_product(onednn_operation operation, onednn_settings s, onednn_layout left,
                                    onednn_layout right, onednn_layout result) {
    return dnnl_matmul_primitive_desc_create(operation, s.engine, described(left), described(right), NULL,
                                             described(result), s.attributes);
}

dnnl_status_t onednn_convolution_forward(onednn_operation operation, onednn_settings s,
                                         const onednn_convolution *c, dnnl_prop_kind_t purpose) {
    return dnnl_convolution_forward_primitive_desc_create(
        operation, s.engine, purpose, dnnl_convolution_direct, described(c->source), described(c->kernel),
        described(c->bias), described(c->target), c->strides, c->dilations, c->before, c->after, s.attributes);
}

dnnl_status_t onednn_convolution_input_gradient(onednn_operation operation, onednn_settings s,
                                                const onednn_convolution *c) {
    return dnnl_convolution_backward_data_primitive_desc_create(
        operation, s.engine, dnnl_convolution_direct, described(c->source), described(c->kernel), described(c->target),
        c->strides, c->dilations, c->before, c->after, s.forward, s.attributes);
}

dnnl_status_t onednn_convolution_kernel_gradient(onednn_operation operation, onednn_settings s,
                                                 const onednn_convolution *c, const char *suffix) {
    dnnl_status_t status = dnnl_convolution_backward_weights_primitive_desc_create(
        operation, s.engine, dnnl_convolution_direct, described(c->source), described(c->kernel), described(c->bias),
        described(c->target), c->strides, c->dilations, c->before, c->after, s.forward, s.attributes);
    while (status == dnnl_success && !onednn_name_ends_in(*operation, suffix)) {
        status = dnnl_primitive_desc_next_impl(*operation);
        if (status != dnnl_success) {
            dnnl_primitive_desc_destroy(*operation);
            *operation = NULL;
            return dnnl_unimplemented;
        }
    }
    return status;
}

/// The dilation of a pooling window: none.
static const dnnl_dim_t dense[2] = {0, 0};

dnnl_status_t onednn_max_pooling(onednn_operation operation, onednn_settings s, const onednn_pooling *p) {
    return dnnl_pooling_forward_primitive_desc_create(operation, s.engine, dnnl_forward_inference, dnnl_pooling_max,
                                                      described(p->source), described(p->target), p->strides,
                                                      p->window, dense, p->padding, p->padding, s.attributes);
}

dnnl_status_t onednn_batch_normalization_forward(onednn_operation operation, onednn_settings s,
                                                 onednn_layout image, float epsilon, unsigned flags,
                                                 dnnl_prop_kind_t purpose) {
    return dnnl_batch_normalization_forward_primitive_desc_create(operation, s.engine, purpose, described(image),
                                                                  described(image), epsilon, flags, s.attributes);
}

dnnl_status_t onednn_batch_normalization_gradient(onednn_operation operation, onednn_settings s,
                                                  onednn_layout image, float epsilon, unsigned flags) {
    return dnnl_batch_normalization_backward_primitive_desc_create(operation, s.engine, dnnl_backward,
                                                                   described(image), described(image),
                                                                   described(image), epsilon, flags, s.forward,
                                                                   s.attributes);
}

bool onednn_normalization_gradient_takes_shift(void) { return false; }

dnnl_status_t onednn_log_softmax_forward(onednn_operation operation, onednn_settings s, onednn_layout layout,
                                         int axis) {
    return dnnl_softmax_forward_primitive_desc_create(operation, s.engine, dnnl_forward_training, dnnl_softmax_log,
                                                      described(layout), described(layout), axis, s.attributes);
}

dnnl_status_t onednn_log_softmax_gradient(onednn_operation operation, onednn_settings s, onednn_layout layout,
                                          int axis) {
    return dnnl_softmax_backward_primitive_desc_create(operation, s.engine, dnnl_softmax_log, described(layout),
                                                       described(layout), described(layout), axis, s.forward,
                                                       s.attributes);
}

dnnl_status_t onednn_set_relu(dnnl_primitive_attr_t attributes) {
    dnnl_post_ops_t operations;
    dnnl_status_t status = dnnl_post_ops_create(&operations);
    if (status != dnnl_success) return status;
    status = dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_relu, 0, 0);
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
    dnnl_post_ops_destroy(operations);
    return status;
}

dnnl_status_t onednn_scale_reorder(dnnl_primitive_attr_t attributes, float factor, onednn_scales *scales) {
    *scales = (onednn_scales){true, DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC};
    return dnnl_primitive_attr_set_scales_mask(attributes, DNNL_ARG_SRC, 0);
}

dnnl_status_t onednn_scale_convolution(dnnl_primitive_attr_t attributes, const float *factors, long count,
                                       onednn_scales *scales) {
    *scales = (onednn_scales){true, DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS};
    return dnnl_primitive_attr_set_scales_mask(attributes, DNNL_ARG_WEIGHTS, 1 << 0);
}

#endif
