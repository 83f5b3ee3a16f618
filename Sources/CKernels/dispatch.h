#ifndef CRNN_DISPATCH_H
#define CRNN_DISPATCH_H

/// Marks a function that is compiled once per generation of processors: AVX-512, AVX2 with FMA, any.
#if defined(__x86_64__) && defined(__linux__)
#define PER_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PER_PROCESSOR
#endif

/// Marks a function that becomes part of each version of its caller.
#define INLINED static inline __attribute__((always_inline))

#endif
