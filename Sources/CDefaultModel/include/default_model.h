#pragma once
#include <stddef.h>

/// The default model's checkpoint and its size: read-only data of the program, paged in when it is read.
const void *_Nonnull crnn_default_model(size_t *_Nonnull size);
