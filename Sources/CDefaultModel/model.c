#include "default_model.h"

#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char model[] = {
#embed "default.safetensors"
};

const void *crnn_default_model(size_t *size) {
    *size = sizeof model;
    return model;
}
