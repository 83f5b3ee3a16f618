#include "CPNG.h"

#include <png.h>
#include <string.h>

static png_image greyImage(uint32_t width, uint32_t height) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_GRAY;
    return image;
}

size_t CPNGEncodedBound(uint32_t width, uint32_t height) {
    if (width == 0 || height == 0 || height > (SIZE_MAX / 4) / (width + (size_t)1)) return 0;
    png_image image = greyImage(width, height);
    return PNG_IMAGE_PNG_SIZE_MAX(image);
}

bool CPNGEncode(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t *encoded, size_t *count,
                char *message) {
    png_image image = greyImage(width, height);
    bool written = png_image_write_to_memory(&image, encoded, count, 0, pixels, 0, NULL);
    memcpy(message, image.message, sizeof image.message);
    png_image_free(&image);
    return written;
}
