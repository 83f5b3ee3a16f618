internal import Tensors

/// Prefix beam search in log space.
///
/// After each frame, keeps the most probable prefixes, each with two probabilities: that of its alignments that end
/// in the blank, and that of those that end in its last symbol. A prefix that was discarded and found again has lost the
/// alignments before, so these probabilities rank prefixes but are only lower bounds.
struct CTCBeamSearch {
    let blank: Int
    let width: Int
    private var beam = [Prefix(node: .empty, endingInBlank: 0)]
    /// All prefixes that were ever kept.
    private var nodes = [Node.empty]
    private var indices = [Node.empty: 0]

    /// A prefix: the index in `nodes` of the prefix without its last symbol, and the last symbol.
    private struct Node: Hashable {
        let parent: Int
        let symbol: Int
        static let empty = Node(parent: -1, symbol: -1)
    }

    private struct Prefix {
        let node: Node
        var endingInBlank = -Double.infinity
        var endingInSymbol = -Double.infinity

        var total: Double { logSum(endingInBlank, endingInSymbol) }
    }

    init(blank: Int, width: Int) {
        self.blank = blank
        self.width = width
    }

    /// Extends the prefixes by a frame of log-probabilities of all classes; NaN counts as impossible.
    mutating func read(_ frame: ArraySlice<Float>) {
        let logits = frame.map { $0.isNaN ? -.infinity : Double($0) }
        var kept = beam.map { unextended($0, logits) }
        var new: [Prefix] = []
        let positions = Dictionary(uniqueKeysWithValues: zip(beam.map(\.node), beam.indices))
        // A new prefix enters a full beam only if it is more probable than the least probable one in it.
        let least = beam.count < width ? -.infinity : kept.map(\.total).min() ?? -.infinity
        for prefix in beam {
            let (total, parent) = (prefix.total, indices[prefix.node, default: 0])
            for (symbol, logit) in logits.enumerated() where symbol != blank {
                let mass = (symbol == prefix.node.symbol ? prefix.endingInBlank : total) + logit
                let node = Node(parent: parent, symbol: symbol)
                if let position = positions[node] {
                    kept[position].endingInSymbol = logSum(kept[position].endingInSymbol, mass)
                } else if mass > least {
                    new.append(Prefix(node: node, endingInSymbol: mass))
                }
            }
        }
        keepBest(of: kept + new)
    }

    /// The prefix if the frame does not extend it: it adds a blank, or repeats the last symbol.
    private func unextended(_ prefix: Prefix, _ logits: [Double]) -> Prefix {
        var result = prefix
        result.endingInBlank = prefix.total + logits[blank]
        result.endingInSymbol =
            prefix.node == .empty ? -.infinity : prefix.endingInSymbol + logits[prefix.node.symbol]
        return result
    }

    /// Keeps the most probable prefixes, the first of equals, and adds new ones to `nodes`.
    private mutating func keepBest(of prefixes: [Prefix]) {
        let ranked = prefixes.map(\.total).enumerated().filter { $1 != -.infinity }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        beam = ranked.prefix(width).map { prefixes[$0.offset] }
        for prefix in beam where indices[prefix.node] == nil {
            indices[prefix.node] = nodes.count
            nodes.append(prefix.node)
        }
    }

    /// The most probable prefixes, best first.
    func labellings(_ count: Int) -> [[Int]] { beam.prefix(count).map { classes(of: $0.node) } }

    private func classes(of node: Node) -> [Int] {
        var (classes, node) = ([Int](), node)
        while node != .empty {
            classes.append(node.symbol)
            node = nodes[node.parent]
        }
        return classes.reversed()
    }
}
