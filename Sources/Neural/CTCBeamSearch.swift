internal import Tensors

/// Prefix beam search in log space: after each frame, the prefixes of greatest probability and, apart, how much of
/// it falls to alignments that end in the blank and in the prefix's last symbol.
struct CTCBeamSearch {
    let blank: Int
    let width: Int
    private var beam = [Prefix(node: .empty, endingInBlank: 0)]
    /// Every prefix that was ever kept.
    private var nodes = [Node.empty]
    private var places = [Node.empty: 0]

    /// A prefix as the place of the one before it among all nodes, and its last symbol.
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

    /// Goes on by a frame of log-probabilities of all classes; one that is not a number counts as impossible.
    mutating func read(_ frame: ArraySlice<Float>) {
        let logits = frame.map { $0.isNaN ? -.infinity : Double($0) }
        var kept = beam.map { staying($0, logits) }
        var new: [Prefix] = []
        let positions = Dictionary(uniqueKeysWithValues: zip(beam.map(\.node), beam.indices))
        // What is no likelier than a full beam cannot enter it.
        let least = beam.count < width ? -.infinity : kept.map(\.total).min() ?? -.infinity
        for prefix in beam {
            let (total, place) = (prefix.total, places[prefix.node, default: 0])
            for (symbol, logit) in logits.enumerated() where symbol != blank {
                let mass = (symbol == prefix.node.symbol ? prefix.endingInBlank : total) + logit
                let node = Node(parent: place, symbol: symbol)
                if let position = positions[node] {
                    kept[position].endingInSymbol = logSum(kept[position].endingInSymbol, mass)
                } else if mass > least {
                    new.append(Prefix(node: node, endingInSymbol: mass))
                }
            }
        }
        keepBest(of: kept + new)
    }

    /// A prefix that the frame does not prolong: by a blank, or by its last symbol again.
    private func staying(_ prefix: Prefix, _ logits: [Double]) -> Prefix {
        var stayed = prefix
        stayed.endingInBlank = prefix.total + logits[blank]
        stayed.endingInSymbol =
            prefix.node == .empty ? -.infinity : prefix.endingInSymbol + logits[prefix.node.symbol]
        return stayed
    }

    /// Keeps the likeliest prefixes, the first of equals, and gives new ones their place.
    private mutating func keepBest(of prefixes: [Prefix]) {
        let ranked = prefixes.map(\.total).enumerated().filter { $1 != -.infinity }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        beam = ranked.prefix(width).map { prefixes[$0.offset] }
        for prefix in beam where places[prefix.node] == nil {
            places[prefix.node] = nodes.count
            nodes.append(prefix.node)
        }
    }

    /// The likeliest labellings, best first.
    func labellings(_ count: Int) -> [CTCLabelling] {
        beam.prefix(count).map {
            CTCLabelling(classes(of: $0.node), logProbability: min(0, Float($0.total)))
        }
    }

    private func classes(of node: Node) -> [Int] {
        var (classes, node) = ([Int](), node)
        while node != .empty {
            classes.append(node.symbol)
            node = nodes[node.parent]
        }
        return classes.reversed()
    }
}
