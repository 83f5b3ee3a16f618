/// Every alignment of `time` frames over `classes` classes: numbers to the base of `classes`.
public func alignments(time: Int, classes: Int) -> [[Int]] {
    (0..<time).reduce([[]]) { found, _ in found.flatMap { path in (0..<classes).map { path + [$0] } } }
}

/// What an alignment says: repeats merged, then blanks taken out.
public func collapsed(_ path: [Int], blank: Int = 0) -> [Int] {
    path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }.map { path[$0] }
}
