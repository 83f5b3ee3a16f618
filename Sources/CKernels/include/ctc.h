#ifndef CRNN_CTC_H
#define CRNN_CTC_H

#pragma clang assume_nonnull begin

/// A sample of connectionist temporal classification.
typedef struct {
    /// `classes` scores of each frame before softmax; frames lie `stride` floats apart.
    const float *scores;
    long frames, classes, stride;
    /// The classes of the text, `length` of them, none of which is the blank.
    const int *_Nullable label;
    long length;
    int blank;
    /// The gradient is divided by this.
    float divisor;
} crnn_ctc_sample;

/// The number of floats that the loss needs as a workspace.
long crnn_ctc_workspace(long frames, long length);

typedef struct {
    /// −log p(label | scores), in log space with each frame's states relative to the likeliest; infinite if the label
    /// is impossible. Needs at least one frame. `gradient` has the layout of the scores.
    float (*loss)(const crnn_ctc_sample *sample, float *gradient, float *workspace);
} crnn_ctc_kernels;

#pragma clang assume_nonnull end

#endif
