import CDefaultModel
public import Recognition
public import Tensors

import struct Foundation.Data

extension Checkpoint {
    /// The name of the default model in options and errors.
    public static let defaultModelName = "default"

    /// The model that is built into the program. It reads printed words and lines in English and western European
    /// languages, dark on light and light on dark (`docs/default-model.md`).
    ///
    /// Throws only if the program was built with a file that is not a checkpoint.
    public static func defaultModel(on device: any Device) throws(CheckpointError) -> Checkpoint {
        var size = 0
        let bytes = unsafe crnn_default_model(&size)
        // The bytes are constant data of the program: they outlive every value and are never written.
        let data = unsafe Data(
            bytesNoCopy: UnsafeMutableRawPointer(mutating: bytes), count: size, deallocator: .none)
        return try Checkpoint(data, named: defaultModelName, on: device)
    }
}
