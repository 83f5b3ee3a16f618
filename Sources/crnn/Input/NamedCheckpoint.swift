import DefaultModel
import Recognition
import Tensors

/// The checkpoint in a file; for the name `default`, the default model.
func checkpoint(_ name: String, on device: any Device) throws(CheckpointError) -> Checkpoint {
    name == Checkpoint.defaultModelName
        ? try .defaultModel(on: device) : try Checkpoint(reading: name, on: device)
}
