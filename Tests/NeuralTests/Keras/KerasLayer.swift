/// A layer or cell, by Keras' names.
final class KerasLayer: Decodable, Sendable {
    let `class`: String
    let units: Int?
    let activation: String?
    let recurrentActivation: String?
    let useBias: Bool?
    let unitForgetBias: Bool?
    let resetAfter: Bool?
    let returnSequences: Bool?
    let returnState: Bool?
    let goBackwards: Bool?
    let stateful: Bool?
    let zeroOutputForMask: Bool?
    let kernelRegularizer: KerasRegularizer?
    let recurrentRegularizer: KerasRegularizer?
    let biasRegularizer: KerasRegularizer?

    /// Of `RNN`.
    let cell: KerasLayer?
    /// Of `StackedRNNCells`.
    let cells: [KerasLayer]?
    /// Of `Sequential`.
    let layers: [KerasLayer]?
    /// Of `Bidirectional` and `TimeDistributed`.
    let layer: KerasLayer?
    let backwardLayer: KerasLayer?
    let mergeMode: KerasMerge?

    /// Of `ConvLSTM2D`.
    let filters: Int?
    let kernelSize: KerasNumbers?
    let strides: KerasNumbers?
    let dilationRate: KerasNumbers?
    let padding: String?

    let maskValue: Float?
    let maskZero: Bool?
    let inputDim: Int?
    let outputDim: Int?
    /// Of our own cell with constants.
    let constantSize: Int?
}

/// A regularizer, by Keras' names.
struct KerasRegularizer: Decodable, Sendable {
    let l1: Float?
    let l2: Float?
}

/// `merge_mode` of `Bidirectional`; null is one of the modes.
enum KerasMerge: String, Decodable, Sendable {
    case concat, sum, mul, ave, none

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        self = value.decodeNil() ? .none : KerasMerge(rawValue: try value.decode(String.self)) ?? .none
    }
}

extension KeyedDecodingContainer {
    /// Distinguishes null from a missing key.
    func decodeIfPresent(_ type: KerasMerge.Type, forKey key: Key) throws -> KerasMerge? {
        contains(key) ? try decode(type, forKey: key) : nil
    }
}
