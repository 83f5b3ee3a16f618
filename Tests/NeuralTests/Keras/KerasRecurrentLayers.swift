import Neural
import Tensors

extension KerasBuilder {
    /// The recurrent layer of a description.
    func recurrent(_ description: KerasLayer, features: Int) -> any KerasSubject {
        let first = description.layer ?? description
        let second = description.backwardLayer ?? first
        if !scans, first === second {
            switch first.class {
            case "LSTM": return fused(lstm(first, features: features), description)
            case "GRU": return fused(gru(first, features: features), description)
            case "SimpleRNN": return fused(simple(first, features: features), description)
            default: break
            }
        }
        let cells = [first, second].map { cell($0.cell ?? $0, features: features) }
        return wrapped(RNN(cells[0], first.options), RNN(cells[1], first.options), description)
    }

    private func fused(_ cell: some GatedCell, _ description: KerasLayer) -> any KerasSubject {
        let layer = FusedRNN(cell, (description.layer ?? description).options)
        return wrapped(layer, layer, description)
    }

    private func wrapped<Scan: RecurrentLayer>(
        _ first: Scan, _ second: Scan, _ description: KerasLayer
    ) -> any KerasSubject {
        let returnsState = (description.layer ?? description).returnState ?? false
        guard description.class == "Bidirectional" else {
            return RecurrentSubject(layer: first, returnsState: returnsState)
        }
        let merge = description.mergeMode ?? .concat
        let layer = Bidirectional(
            forward: first, backward: second, merge: merge.mode(of: Scan.self) ?? .concatenate)
        return merge == .none
            ? UnmergedSubject(layer: layer, returnsState: returnsState)
            : RecurrentSubject(layer: layer, returnsState: returnsState)
    }
}

extension KerasMerge {
    /// Nil if nothing is merged.
    fileprivate func mode<Scan>(of _: Scan.Type) -> Bidirectional<Scan>.MergeMode? {
        switch self {
        case .concat: .concatenate
        case .sum: .sum
        case .mul: .multiply
        case .ave: .average
        case .none: nil
        }
    }
}
