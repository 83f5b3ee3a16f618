/// All alignments of `time` frames with `classes` classes: the numbers of `time` digits in base `classes`.
public func alignments(time: Int, classCount: Int) -> [[Int]] {
    (0..<time).reduce([[]]) { found, _ in found.flatMap { path in (0..<classCount).map { path + [$0] } } }
}

/// The label of an alignment: repeats merged, then blanks removed.
public func collapsed(_ path: [Int], blank: Int = 0) -> [Int] {
    path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }.map { path[$0] }
}
