import Tensors

@testable import Neural

extension KerasCall {
    /// Whether something is left out.
    var dropsOut: Bool { dropout != nil || recurrentDropout != nil }

    /// What cells leave out.
    func dropoutMasks(on device: any Device) -> DropoutMasks {
        DropoutMasks(
            input: (dropout ?? []).map { $0.dropoutMask(on: device) },
            state: (recurrentDropout ?? []).map { $0.dropoutMask(on: device) })
    }
}
