#ifndef CRNN_CTC_H
#define CRNN_CTC_H

#pragma clang assume_nonnull begin

/// One sample of connectionist temporal classification (Graves et al. 2006).
typedef struct {
    /// The scores before softmax, `classes` for each frame. Frames lie `stride` floats apart.
    const float *scores;
    long frames, classes, stride;
    /// The `length` classes of the text. None of them is the blank.
    const int *_Nullable label;
    long length;
    int blank;
    /// The divisor of the gradient.
    float divisor;
} crnn_ctc_sample;

/// The size of the workspace of `loss`, in floats.
long crnn_ctc_workspace(long frames, long length);

typedef struct {
    /// −log p(label | scores), or infinity if the label is impossible. There is at least one frame. `gradient` has the
    /// layout of the scores. Computed in log space; the states of each frame are relative to the most probable one.
    float (*loss)(const crnn_ctc_sample *sample, float *gradient, float *workspace);
} crnn_ctc_kernels;

#pragma clang assume_nonnull end

#endif
