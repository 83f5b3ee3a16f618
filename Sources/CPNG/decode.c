#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/// The bytes of image data after the last row that are still decompressed: enough for the end of every honest stream.
enum { surplusLimit = 8192 };
enum { chunkMemoryLimit = 8 << 20, chunkCountLimit = 1000, messageSize = 128 };

struct CPNGReader {
    png_structp png;
    png_infop information;
    const uint8_t *bytes;
    size_t count, position, rowBytes, surplus;
    uint32_t height;
    int passes;
    bool ended, isComplete;
    char message[messageSize];
};

static void fail(png_structp png, png_const_charp message) {
    CPNGReader *reader = png_get_error_ptr(png);
    strncpy(reader->message, message, messageSize - 1);
    png_longjmp(png, 1);
}

static void ignoreWarning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

/// Whether all rows are decoded, so that only the end of the data is still read.
static bool hasAllRows(const CPNGReader *reader) {
    if (reader->passes > 1) return png_get_current_pass_number(reader->png) >= 7;
    return reader->passes == 1 && png_get_current_row_number(reader->png) >= reader->height;
}

/// Gives libpng its bytes. Image data that go on after the last row are not decompressed: they may be a thousand times as
/// many as the bytes.
static void readBytes(png_structp png, png_bytep destination, size_t count) {
    CPNGReader *reader = png_get_io_ptr(png);
    if (hasAllRows(reader) && png_get_io_chunk_type(png) == 0x49444154) {
        reader->surplus += count;
        if (reader->surplus > surplusLimit) {
            reader->isComplete = true;
            png_longjmp(png, 1);
        }
    }
    if (count > reader->count - reader->position) {
        reader->ended = true;
        png_error(png, "the data end inside a chunk");
    }
    memcpy(destination, reader->bytes + reader->position, count);
    reader->position += count;
}

CPNGReader *CPNGReaderCreate(const void *bytes, size_t count, uint32_t maximumWidth, uint32_t maximumHeight) {
    CPNGReader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->bytes = bytes;
    reader->count = count;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, ignoreWarning);
    reader->information = reader->png ? png_create_info_struct(reader->png) : NULL;
    if (!reader->information) {
        CPNGReaderDestroy(reader);
        return NULL;
    }
    png_set_read_fn(reader->png, reader, readBytes);
    png_set_user_limits(reader->png, maximumWidth, maximumHeight);
    png_set_chunk_malloc_max(reader->png, chunkMemoryLimit);
    png_set_chunk_cache_max(reader->png, chunkCountLimit);
    return reader;
}

void CPNGReaderDestroy(CPNGReader *reader) {
    png_destroy_read_struct(&reader->png, &reader->information, NULL);
    free(reader);
}

/// Asks libpng for 8 bits per channel, with an alpha channel if there is any transparency. Gamma, profiles, texts and all
/// other ancillary chunks except tRNS are skipped.
static void requestPlainSamples(CPNGReader *reader) {
    png_set_expand(reader->png);
    png_set_scale_16(reader->png);
    reader->passes = png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->information);
    reader->rowBytes = png_get_rowbytes(reader->png, reader->information);
    reader->height = png_get_image_height(reader->png, reader->information);
}

bool CPNGReaderReadInformation(CPNGReader *reader, uint32_t *width, uint32_t *height, uint32_t *channels) {
    if (setjmp(png_jmpbuf(reader->png))) return false;
    png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(reader->png, reader->information);
    requestPlainSamples(reader);
    *width = png_get_image_width(reader->png, reader->information);
    *height = reader->height;
    *channels = png_get_channels(reader->png, reader->information);
    return true;
}

bool CPNGReaderReadSamples(CPNGReader *reader, uint8_t *samples) {
    if (setjmp(png_jmpbuf(reader->png))) return reader->isComplete;
    for (int pass = 0; pass < reader->passes; pass++)
        for (size_t row = 0; row < reader->height; row++)
            png_read_row(reader->png, samples + row * reader->rowBytes, NULL);
    png_read_end(reader->png, NULL);
    return true;
}

bool CPNGReaderEnded(const CPNGReader *reader) { return reader->ended; }

const char *CPNGReaderMessage(const CPNGReader *reader) { return reader->message; }
