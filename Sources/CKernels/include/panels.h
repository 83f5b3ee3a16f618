#ifndef CRNN_PANELS_H
#define CRNN_PANELS_H

#include "planes.h"

/// Products of matrices of floats in panels: the left factor's of sixteen terms `[terms / 16 × rows × 16]`, the
/// right factor's of sixteen columns `[columns / 16 × terms × 16]`. Terms and columns come in multiples of sixteen.
/// A sum is one chain in the order of its terms, so that a row has the same bits whatever rows stand beside it.

/// How many terms or columns share a panel: two vectors of columns, for one step of a product.
enum { crnn_panel = 16 };

/// Panels of rows: the distances between rows and between panels, in floats.
typedef struct {
    float *values;
    long row_stride, panel_stride;
} crnn_panels;

/// Copies rows without gaps into panels of terms, which lie a stride apart.
void crnn_pack_terms(float *panels, long panel_stride, const float *rows, long count, long terms);

/// Copies a matrix `[terms × columns]` into panels of columns.
void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns);

/// The product for a range of the right factor's panels, added to what is there where wanted. The left factor's rows
/// lie side by side, its panels a stride apart. Whoever multiplies by the same factor again and again goes through its
/// panels forwards and `backwards` in turn: what was used last is still in the cache.
void crnn_panel_product(crnn_panels result, const float *left, long left_stride, const float *right, long rows,
                        long terms, crnn_range panels, bool adds, bool backwards);

#endif
