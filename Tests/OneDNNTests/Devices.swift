import OneDNN
import Tensors
import TestSupport

let reference = ReferenceDevice()
let device = OneDNNDevice(threads: 2)

/// The largest relative difference between what both devices make of the same inputs.
func disagreement(_ kernel: (any Device) -> [Tensor]) -> Float {
    let found = kernel(device), expected = kernel(reference)
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { relativeDifference($0, $1) }.max() ?? 0
}
