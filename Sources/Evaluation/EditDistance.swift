/// The edit distance (Levenshtein 1966): the least number of insertions, deletions and substitutions that turn one
/// sequence into another.
public func editDistance<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
    guard first != second else { return 0 }
    var distances = Array(0...second.count)
    for (row, element) in first.enumerated() {
        var diagonal = distances[0]
        distances[0] = row + 1
        for (column, other) in second.enumerated() {
            let substituted = diagonal + (element == other ? 0 : 1)
            diagonal = distances[column + 1]
            distances[column + 1] = min(substituted, diagonal + 1, distances[column] + 1)
        }
    }
    return distances[second.count]
}
