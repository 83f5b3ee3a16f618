#ifndef CRNN_CTC_CTC_H
#define CRNN_CTC_CTC_H

#include "CKernels.h"
#include "elementwise/functions.h"

/// The logarithm of zero. Sums of many of these stay finite.
#define IMPOSSIBLE (-1e30f)

/// log(eᵃ + eᵇ), or NaN if an argument is NaN.
INLINED float log_sum(float a, float b) {
    float most = a > b ? a : b;
    return most + logarithm(exponential(a - most) + exponential(b - most));
}

/// log(eᵃ + eᵇ + eᶜ), or NaN if an argument is NaN.
INLINED float log_sum3(float a, float b, float c) {
    float most = a > b ? a : b;
    most = most > c ? most : c;
    return most + logarithm(exponential(a - most) + exponential(b - most) + exponential(c - most));
}

/// Subtracts the largest value, or `IMPOSSIBLE` if all are smaller, from all values. Returns it.
INLINED float normalize(float *restrict values, long count) {
    float most = IMPOSSIBLE;
    for (long i = 0; i < count; i++) most = values[i] > most ? values[i] : most;
    for (long i = 0; i < count; i++) values[i] -= most;
    return most;
}

/// Turns the scores of one frame into log-probabilities: (score − largest) − logarithm. The largest score is
/// subtracted first, so that an offset of all scores costs no digits.
typedef struct {
    float largest, logarithm;
} normalizer;

INLINED float log_probability(float score, normalizer normalizer) {
    float value = score - normalizer.largest - normalizer.logarithm;
    return value < IMPOSSIBLE ? IMPOSSIBLE : value;
}

/// Writes the softmax of one frame to `probabilities`.
INLINED normalizer softmax(const float *restrict scores, float *restrict probabilities, long classes) {
    float most = scores[0], sum = 0.0f;
    for (long k = 1; k < classes; k++) most = scores[k] > most ? scores[k] : most;
    for (long k = 0; k < classes; k++) probabilities[k] = exponential(scores[k] - most);
    for (long k = 0; k < classes; k++) sum += probabilities[k];
    for (long k = 0; k < classes; k++) probabilities[k] /= sum;
    return (normalizer){most, logarithm(sum)};
}

/// The states of one sample in one frame.
///
/// A row of states has an impossible state first, then one state for each symbol of the label, then the blanks before,
/// between and after the symbols.
typedef struct {
    const crnn_ctc_sample *sample;
    /// Zero for each symbol that may follow the previous symbol without a blank, otherwise impossible.
    float *skips;
    /// The log-probabilities of the label's symbols and of the blank in this frame.
    float *symbols;
    float blank;
} lattice;

/// Reads the log-probabilities of one frame.
INLINED void read_frame(lattice *lattice, const float *scores, normalizer normalizer) {
    const crnn_ctc_sample *sample = lattice->sample;
    for (long j = 0; j < sample->length; j++)
        lattice->symbols[j] = log_probability(scores[sample->label[j]], normalizer);
    lattice->blank = log_probability(scores[sample->blank], normalizer);
}

/// The forward variables of the next frame: log-probabilities of all prefixes that end in each state.
INLINED void advance(const lattice *lattice, const float *restrict before, float *restrict row) {
    long length = lattice->sample->length;
    const float *b = before + length + 1;
    row[0] = IMPOSSIBLE;
    for (long j = 0; j < length; j++)
        row[j + 1] = log_sum3(before[j + 1], b[j], before[j] + lattice->skips[j]) + lattice->symbols[j];
    for (long j = 0; j <= length; j++) row[length + 1 + j] = log_sum(b[j], before[j]) + lattice->blank;
}

/// The backward variables of the previous frame: log-probabilities of all suffixes after each state. `emitted` is a
/// workspace of the size of a row.
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

/// Turns the softmax of a frame into its gradient: subtracts each state's share of all alignments, then divides.
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

/// Fills the forward variables of all frames, and `gradient` with the softmax of each frame. Returns the
/// log-probability of the label.
INLINED double walk_forward(lattice *lattice, float *restrict states, normalizer *normalizers, float *gradient) {
    const crnn_ctc_sample *sample = lattice->sample;
    long length = sample->length, count = 2 * length + 2;
    double offset = 0.0;
    for (long t = 0; t < sample->frames; t++) {
        const float *scores = sample->scores + t * sample->stride;
        float *row = states + t * count;
        normalizers[t] = softmax(scores, gradient + t * sample->stride, sample->classes);
        read_frame(lattice, scores, normalizers[t]);
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

/// Walks back over the frames: the softmax of each frame in `gradient` becomes the gradient of its scores.
INLINED void walk_backward(lattice *lattice, float *restrict states, const normalizer *normalizers,
                           float *gradient, float *row, float *scratch) {
    const crnn_ctc_sample *sample = lattice->sample;
    long length = sample->length, count = 2 * length + 2;
    begin(row, count, length, count - 1);
    for (long t = sample->frames - 1; t >= 0; t--) {
        for (long i = 0; i < count; i++) scratch[i] = row[i];
        subtract_shares(lattice, states + t * count, scratch, gradient + t * sample->stride);
        read_frame(lattice, sample->scores + t * sample->stride, normalizers[t]);
        retreat(lattice, row, scratch);
        normalize(row, count);
    }
}

static float ctc_loss(const crnn_ctc_sample *sample, float *gradient, float *workspace) {
    long length = sample->length, count = 2 * length + 2;
    float *states = workspace, *row = states + sample->frames * count, *scratch = row + count;
    normalizer *normalizers = (normalizer *)(scratch + count + 2 * length);
    lattice lattice = {sample, scratch + count, scratch + count + length, 0.0f};
    for (long j = 0; j < length; j++)
        lattice.skips[j] = j > 0 && sample->label[j] != sample->label[j - 1] ? 0.0f : IMPOSSIBLE;
    double total = walk_forward(&lattice, states, normalizers, gradient);
    if (total < IMPOSSIBLE / 10) {
        for (long t = 0; t < sample->frames; t++)
            memset(gradient + t * sample->stride, 0, sample->classes * sizeof(float));
        return INFINITY;
    }
    walk_backward(&lattice, states, normalizers, gradient, row, scratch);
    return (float)-total;
}

#endif
