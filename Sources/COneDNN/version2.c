#include "layout.h"

#if DNNL_VERSION_MAJOR == 2
#include <stdlib.h>

static dnnl_status_t create(onednn_layout *layout, const dnnl_memory_desc_t *value) {
    struct onednn_layout_struct *created = malloc(sizeof *created);
    if (!created) return dnnl_out_of_memory;
    created->value = *value;
    *layout = created;
    return dnnl_success;
}

dnnl_status_t onednn_layout_create_with_strides(onednn_layout *layout, int rank, const dnnl_dim_t *dimensions,
                                                dnnl_data_type_t type, const dnnl_dim_t *strides) {
    dnnl_memory_desc_t value;
    dnnl_status_t status = dnnl_memory_desc_init_by_strides(&value, rank, dimensions, type, strides);
    return status == dnnl_success ? create(layout, &value) : status;
}

dnnl_status_t onednn_layout_create_with_tag(onednn_layout *layout, int rank, const dnnl_dim_t *dimensions,
                                            dnnl_data_type_t type, dnnl_format_tag_t tag) {
    dnnl_memory_desc_t value;
    dnnl_status_t status = dnnl_memory_desc_init_by_tag(&value, rank, dimensions, type, tag);
    return status == dnnl_success ? create(layout, &value) : status;
}

dnnl_status_t onednn_layout_create_with_type(onednn_layout *layout, onednn_layout original, dnnl_data_type_t type) {
    dnnl_memory_desc_t value = original->value;
    value.data_type = type;
    return create(layout, &value);
}

void onednn_layout_destroy(onednn_layout layout) { free((void *)layout); }

size_t onednn_layout_size(onednn_layout layout) { return dnnl_memory_desc_get_size(&layout->value); }

dnnl_data_type_t onednn_layout_type(onednn_layout layout) { return layout->value.data_type; }

bool onednn_layouts_are_equal(onednn_layout first, onednn_layout second) {
    return dnnl_memory_desc_equal(&first->value, &second->value) != 0;
}

dnnl_status_t onednn_operation_layout(onednn_layout *layout, const_dnnl_primitive_desc_t operation,
                                      dnnl_query_t argument) {
    static const dnnl_memory_desc_t nothing;
    const dnnl_memory_desc_t *found = dnnl_primitive_desc_query_md(operation, argument, 0);
    return create(layout, found ? found : &nothing);
}

static dnnl_status_t describe(onednn_operation operation, onednn_settings s, const_dnnl_op_desc_t description) {
    return dnnl_primitive_desc_create(operation, description, s.attributes, s.engine, s.forward);
}

dnnl_status_t onednn_matrix_product(onednn_operation operation, onednn_settings s, onednn_layout left,
                                    onednn_layout right, onednn_layout result) {
    dnnl_matmul_desc_t d;
    dnnl_status_t status = dnnl_matmul_desc_init(&d, described(left), described(right), NULL, described(result));
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_convolution_forward(onednn_operation operation, onednn_settings s,
                                         const onednn_convolution *c, dnnl_prop_kind_t purpose) {
    dnnl_convolution_desc_t d;
    dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
        &d, purpose, dnnl_convolution_direct, described(c->source), described(c->kernel), described(c->bias),
        described(c->target), c->strides, c->dilations, c->before, c->after);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_convolution_input_gradient(onednn_operation operation, onednn_settings s,
                                                const onednn_convolution *c) {
    dnnl_convolution_desc_t d;
    dnnl_status_t status = dnnl_dilated_convolution_backward_data_desc_init(
        &d, dnnl_convolution_direct, described(c->source), described(c->kernel), described(c->target), c->strides,
        c->dilations, c->before, c->after);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_convolution_kernel_gradient(onednn_operation operation, onednn_settings s,
                                                 const onednn_convolution *c, const char *suffix) {
    dnnl_convolution_desc_t d;
    dnnl_primitive_desc_iterator_t iterator;
    dnnl_status_t status = dnnl_dilated_convolution_backward_weights_desc_init(
        &d, dnnl_convolution_direct, described(c->source), described(c->kernel), described(c->bias),
        described(c->target), c->strides, c->dilations, c->before, c->after);
    if (status == dnnl_success)
        status = dnnl_primitive_desc_iterator_create(&iterator, &d, s.attributes, s.engine, s.forward);
    if (status != dnnl_success) return status;
    do {
        dnnl_primitive_desc_t found = dnnl_primitive_desc_iterator_fetch(iterator);
        if (found && onednn_name_ends_in(found, suffix)) {
            *operation = found;
            dnnl_primitive_desc_iterator_destroy(iterator);
            return dnnl_success;
        }
        dnnl_primitive_desc_destroy(found);
        status = dnnl_primitive_desc_iterator_next(iterator);
    } while (status == dnnl_success);
    dnnl_primitive_desc_iterator_destroy(iterator);
    return dnnl_unimplemented;
}

dnnl_status_t onednn_max_pooling(onednn_operation operation, onednn_settings s, const onednn_pooling *p) {
    dnnl_pooling_desc_t d;
    dnnl_status_t status = dnnl_pooling_forward_desc_init(&d, dnnl_forward_inference, dnnl_pooling_max,
                                                          described(p->source), described(p->target), p->strides,
                                                          p->window, p->padding, p->padding);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_batch_normalization_forward(onednn_operation operation, onednn_settings s,
                                                 onednn_layout image, float epsilon, unsigned flags,
                                                 dnnl_prop_kind_t purpose) {
    dnnl_batch_normalization_desc_t d;
    dnnl_status_t status = dnnl_batch_normalization_forward_desc_init(&d, purpose, described(image), epsilon, flags);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_batch_normalization_gradient(onednn_operation operation, onednn_settings s,
                                                  onednn_layout image, float epsilon, unsigned flags) {
    dnnl_batch_normalization_desc_t d;
    dnnl_status_t status = dnnl_batch_normalization_backward_desc_init(&d, dnnl_backward, described(image),
                                                                       described(image), epsilon, flags);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

bool onednn_normalization_gradient_takes_shift(void) { return true; }

dnnl_status_t onednn_log_softmax_forward(onednn_operation operation, onednn_settings s, onednn_layout layout,
                                         int axis) {
    dnnl_logsoftmax_desc_t d;
    dnnl_status_t status = dnnl_logsoftmax_forward_desc_init(&d, dnnl_forward_training, described(layout), axis);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_log_softmax_gradient(onednn_operation operation, onednn_settings s, onednn_layout layout,
                                          int axis) {
    dnnl_logsoftmax_desc_t d;
    dnnl_status_t status = dnnl_logsoftmax_backward_desc_init(&d, described(layout), described(layout), axis);
    return status == dnnl_success ? describe(operation, s, &d) : status;
}

dnnl_status_t onednn_set_relu(dnnl_primitive_attr_t attributes) {
    dnnl_post_ops_t operations;
    dnnl_status_t status = dnnl_post_ops_create(&operations);
    if (status != dnnl_success) return status;
    status = dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0);
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
    dnnl_post_ops_destroy(operations);
    return status;
}

dnnl_status_t onednn_scale_reorder(dnnl_primitive_attr_t attributes, float factor, onednn_scales *scales) {
    *scales = (onednn_scales){false, 0};
    return dnnl_primitive_attr_set_output_scales(attributes, 1, 0, &factor);
}

dnnl_status_t onednn_scale_convolution(dnnl_primitive_attr_t attributes, const float *factors, long count,
                                       onednn_scales *scales) {
    *scales = (onednn_scales){false, 0};
    return dnnl_primitive_attr_set_output_scales(attributes, count, 1 << 1, factors);
}

#endif
