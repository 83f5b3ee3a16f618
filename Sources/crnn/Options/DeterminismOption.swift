import ArgumentParser

/// `--deterministic` and `--no-deterministic`, for every command that computes.
struct DeterminismOption: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Use the same algorithms in every run, so that equal inputs give bit-identical results. With "
                + "--no-deterministic, time the algorithms for each new image size and use the fastest."))
    var deterministic = true
}
