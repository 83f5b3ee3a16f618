#ifndef CRNN_ONEDNN_LAYOUT_H
#define CRNN_ONEDNN_LAYOUT_H

#include "onednn.h"

#if DNNL_VERSION_MAJOR == 2
struct onednn_layout_struct {
    dnnl_memory_desc_t value;
};

/// oneDNN's own description of a layout.
static inline const dnnl_memory_desc_t *described(onednn_layout layout) { return &layout->value; }
#else
static inline const_dnnl_memory_desc_t described(onednn_layout layout) { return (const_dnnl_memory_desc_t)layout; }
#endif

/// Whether the name of an operation's implementation ends in `suffix`.
bool onednn_name_ends_in(const_dnnl_primitive_desc_t operation, const char *suffix);

#endif
