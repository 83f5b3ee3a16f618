#include "layout.h"
#include <string.h>

dnnl_status_t onednn_memory_create(dnnl_memory_t *memory, onednn_layout layout, dnnl_engine_t engine, void *bytes) {
    return dnnl_memory_create(memory, described(layout), engine, bytes);
}

dnnl_status_t onednn_reorder(onednn_operation operation, onednn_settings s, onednn_layout source,
                             onednn_layout target) {
    return dnnl_reorder_primitive_desc_create(operation, described(source), s.engine, described(target), s.engine,
                                              s.attributes);
}

bool onednn_name_ends_in(const_dnnl_primitive_desc_t operation, const char *suffix) {
    const char *name = "";
    dnnl_primitive_desc_query(operation, dnnl_query_impl_info_str, 0, &name);
    size_t length = strlen(name), ending = strlen(suffix);
    return length >= ending && strcmp(name + length - ending, suffix) == 0;
}
