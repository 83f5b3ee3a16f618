#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One PNG in memory while libpng decodes it. libpng's `setjmp` never leaves this target.
typedef struct CPNGReader CPNGReader;

/// Prepares decoding of `count` bytes, which must outlive the reader. Null where memory is exhausted.
CPNGReader *CPNGReaderCreate(const void *bytes, size_t count, uint32_t maximumWidth, uint32_t maximumHeight);

/// Frees the reader.
void CPNGReaderDestroy(CPNGReader *reader);

/// Reads all chunks before the pixels. On true, `*width`, `*height` and `*channels` (1 grey, 2 grey and
/// alpha, 3 RGB, 4 RGBA) describe the pixels to come, always 8 bits a sample.
bool CPNGReaderReadInformation(CPNGReader *reader, uint32_t *width, uint32_t *height, uint32_t *channels);

/// Reads the pixels into `samples` [height × width × channels], and everything up to the end of the PNG.
bool CPNGReaderReadSamples(CPNGReader *reader, uint8_t *samples);

/// Whether decoding failed because the bytes ended.
bool CPNGReaderEnded(const CPNGReader *reader);

/// Why decoding failed, in libpng's words.
const char *CPNGReaderMessage(const CPNGReader *reader);

/// A number of bytes that holds any grey PNG of this size; 0 where no such number exists.
size_t CPNGEncodedBound(uint32_t width, uint32_t height);

/// Writes `pixels` [height × width] as an 8-bit grey PNG into `encoded`, which holds `*count` bytes, and sets
/// `*count` to the number written. On false, `message` (64 bytes) says why.
bool CPNGEncode(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t *encoded, size_t *count,
                char *message);

#endif
