#ifndef CRNN_CTC_CTC_H
#define CRNN_CTC_CTC_H

#include "CKernels.h"
#include "elementwise/functions.h"

/// Stands for the logarithm of zero: sums of many stay finite.
#define IMPOSSIBLE (-1e30f)

/// log(eᵃ + eᵇ); not a number where a or b is none.
INLINED float log_sum(float a, float b) {
    float most = a > b ? a : b;
    return most + logarithm(exponential(a - most) + exponential(b - most));
}

/// log(eᵃ + eᵇ + eᶜ); not a number where one of them is none.
INLINED float log_sum3(float a, float b, float c) {
    float most = a > b ? a : b;
    most = most > c ? most : c;
    return most + logarithm(exponential(a - most) + exponential(b - most) + exponential(c - most));
}

/// Takes the greatest value from all values, and returns it; `IMPOSSIBLE` where none is greater.
INLINED float normalize(float *restrict values, long count) {
    float most = IMPOSSIBLE;
    for (long i = 0; i < count; i++) most = values[i] > most ? values[i] : most;
    for (long i = 0; i < count; i++) values[i] -= most;
    return most;
}

/// The softmax of one frame in `probabilities`; returns what scores exceed log-probabilities by.
INLINED float softmax(const float *restrict scores, float *restrict probabilities, long classes) {
    float most = scores[0], sum = 0.0f;
    for (long k = 1; k < classes; k++) most = scores[k] > most ? scores[k] : most;
    for (long k = 0; k < classes; k++) probabilities[k] = exponential(scores[k] - most);
    for (long k = 0; k < classes; k++) sum += probabilities[k];
    for (long k = 0; k < classes; k++) probabilities[k] /= sum;
    return most + logarithm(sum);
}

/// One sample's frames, label and the walk over them. A row of states holds, from `symbols` on, an impossible
/// one and one per symbol of the label; from `blanks` on, the blanks before, between and after them.
typedef struct {
    const crnn_ctc_sample *sample;
    /// Zero where a symbol may follow the one before it without a blank, else impossible.
    float *skips;
    /// The log-probabilities of the label's symbols in the present frame, and of the blank.
    float *symbols;
    float blank;
} lattice;

/// Reads the log-probabilities of one frame; `excess` is what `softmax` gave.
INLINED void read_frame(lattice *lattice, const float *scores, float excess) {
    const crnn_ctc_sample *sample = lattice->sample;
    for (long j = 0; j < sample->length; j++) {
        float value = scores[sample->label[j]] - excess;
        lattice->symbols[j] = value < IMPOSSIBLE ? IMPOSSIBLE : value;
    }
    float value = scores[sample->blank] - excess;
    lattice->blank = value < IMPOSSIBLE ? IMPOSSIBLE : value;
}

/// The log-probabilities of all prefixes that end in each state of the next frame.
INLINED void advance(const lattice *lattice, const float *restrict before, float *restrict row) {
    long length = lattice->sample->length;
    const float *b = before + length + 1;
    row[0] = IMPOSSIBLE;
    for (long j = 0; j < length; j++)
        row[j + 1] = log_sum3(before[j + 1], b[j], before[j] + lattice->skips[j]) + lattice->symbols[j];
    for (long j = 0; j <= length; j++) row[length + 1 + j] = log_sum(b[j], before[j]) + lattice->blank;
}

/// The log-probabilities of all suffixes after each state of the frame before; `emitted` has a row's size.
INLINED void retreat(const lattice *lattice, float *restrict row, float *restrict emitted) {
    long length = lattice->sample->length;
    float *b = row + length + 1, *eb = emitted + length + 1;
    for (long j = 0; j < length; j++) emitted[j] = row[j + 1] + lattice->symbols[j];
    emitted[length] = IMPOSSIBLE;
    for (long j = 0; j <= length; j++) eb[j] = b[j] + lattice->blank;
    for (long j = 0; j + 1 < length; j++)
        row[j + 1] = log_sum3(emitted[j], eb[j + 1], emitted[j + 1] + lattice->skips[j + 1]);
    if (length > 0) row[length] = log_sum(emitted[length - 1], eb[length]);
    for (long j = 0; j <= length; j++) b[j] = log_sum(eb[j], emitted[j]);
}

/// A row in which only two states are possible.
INLINED void begin(float *row, long count, long first, long second) {
    for (long i = 0; i < count; i++) row[i] = IMPOSSIBLE;
    if (first > 0) row[first] = 0.0f;
    row[second] = 0.0f;
}

/// Takes each state's share of all alignments from the softmax of a frame, and divides.
INLINED void subtract_shares(const lattice *lattice, const float *restrict before, float *restrict after,
                             float *restrict gradient) {
    const crnn_ctc_sample *sample = lattice->sample;
    long length = sample->length, count = 2 * length + 2;
    float most = IMPOSSIBLE, sum = 0.0f, blanks = 0.0f;
    for (long i = 1; i < count; i++) after[i] += before[i];
    for (long i = 1; i < count; i++) most = after[i] > most ? after[i] : most;
    for (long i = 1; i < count; i++) after[i] = exponential(after[i] - most);
    for (long i = 1; i < count; i++) sum += after[i];
    for (long i = length + 1; i < count; i++) blanks += after[i];
    for (long j = 0; j < length; j++) gradient[sample->label[j]] -= after[j + 1] / sum;
    gradient[sample->blank] -= blanks / sum;
    for (long k = 0; k < sample->classes; k++) gradient[k] /= sample->divisor;
}

/// The walk from the first frame to the last: rows of states, and the softmax of every frame in `gradient`.
INLINED double walk_forward(lattice *lattice, float *restrict states, float *excesses, float *gradient) {
    const crnn_ctc_sample *sample = lattice->sample;
    long length = sample->length, count = 2 * length + 2;
    double offset = 0.0;
    for (long t = 0; t < sample->frames; t++) {
        const float *scores = sample->scores + t * sample->stride;
        float *row = states + t * count;
        excesses[t] = softmax(scores, gradient + t * sample->stride, sample->classes);
        read_frame(lattice, scores, excesses[t]);
        if (t > 0) {
            advance(lattice, row - count, row);
        } else {
            begin(row, count, length > 0 ? 1 : 0, length + 1);
            if (length > 0) row[1] += lattice->symbols[0];
            row[length + 1] += lattice->blank;
        }
        offset += normalize(row, count);
    }
    const float *last = states + (sample->frames - 1) * count;
    return offset + log_sum(last[length], last[count - 1]);
}

/// The walk back: in `gradient`, each frame's softmax becomes the gradient of its scores.
INLINED void walk_backward(lattice *lattice, float *restrict states, const float *excesses, float *gradient,
                           float *row, float *scratch) {
    const crnn_ctc_sample *sample = lattice->sample;
    long length = sample->length, count = 2 * length + 2;
    begin(row, count, length, count - 1);
    for (long t = sample->frames - 1; t >= 0; t--) {
        for (long i = 0; i < count; i++) scratch[i] = row[i];
        subtract_shares(lattice, states + t * count, scratch, gradient + t * sample->stride);
        read_frame(lattice, sample->scores + t * sample->stride, excesses[t]);
        retreat(lattice, row, scratch);
        normalize(row, count);
    }
}

static float ctc_loss(const crnn_ctc_sample *sample, float *gradient, float *workspace) {
    long length = sample->length, count = 2 * length + 2;
    float *states = workspace, *excesses = states + sample->frames * count;
    float *row = excesses + sample->frames, *scratch = row + count;
    lattice lattice = {sample, scratch + count, scratch + count + length, 0.0f};
    for (long j = 0; j < length; j++)
        lattice.skips[j] = j > 0 && sample->label[j] != sample->label[j - 1] ? 0.0f : IMPOSSIBLE;
    double total = walk_forward(&lattice, states, excesses, gradient);
    if (total < IMPOSSIBLE / 10) {
        for (long t = 0; t < sample->frames; t++)
            memset(gradient + t * sample->stride, 0, sample->classes * sizeof(float));
        return INFINITY;
    }
    walk_backward(&lattice, states, excesses, gradient, row, scratch);
    return (float)-total;
}

#endif
