#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A PNG in memory while libpng decodes it. libpng's `longjmp` never leaves this module.
typedef struct CPNGReader CPNGReader;

/// Creates a reader of `count` bytes, which must outlive it. Null if memory is exhausted.
CPNGReader *CPNGReaderCreate(const void *bytes, size_t count, uint32_t maximumWidth, uint32_t maximumHeight);

/// Frees the reader.
void CPNGReaderDestroy(CPNGReader *reader);

/// Reads all chunks before the pixels. If it returns true, `*width`, `*height` and `*channels` (1 grey, 2 grey and
/// alpha, 3 RGB, 4 RGBA) describe the pixels, which always have 8 bits per channel.
bool CPNGReaderReadInformation(CPNGReader *reader, uint32_t *width, uint32_t *height, uint32_t *channels);

/// Reads the pixels into `samples` [height × width × channels], and the PNG to its end, unless more image data follow the
/// last row than any encoder writes. Returns false on failure.
bool CPNGReaderReadSamples(CPNGReader *reader, uint8_t *samples);

/// Whether decoding failed because the PNG is incomplete.
bool CPNGReaderEnded(const CPNGReader *reader);

/// libpng's message on why decoding failed.
const char *CPNGReaderMessage(const CPNGReader *reader);

/// The maximum size in bytes of a grey PNG of this width and height; 0 if it exceeds the address space.
size_t CPNGEncodedBound(uint32_t width, uint32_t height);

/// Writes `pixels` [height × width] as an 8-bit grey PNG to `encoded`, which has room for `*count` bytes, and sets
/// `*count` to the number of bytes written. If it returns false, `message` (64 bytes) is libpng's reason.
bool CPNGEncode(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t *encoded, size_t *count,
                char *message);

#endif
