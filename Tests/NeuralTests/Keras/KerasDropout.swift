import Tensors

@testable import Neural

extension KerasCall {
    /// Whether there is dropout.
    var dropsOut: Bool { dropout != nil || recurrentDropout != nil }

    /// The dropout masks of cells.
    func dropoutMasks(on device: any Device) -> DropoutMasks {
        DropoutMasks(
            input: (dropout ?? []).map { $0.dropoutMask(on: device) },
            state: (recurrentDropout ?? []).map { $0.dropoutMask(on: device) })
    }
}
