internal import COneDNN

/// Stops the program where oneDNN refuses an operation: its arguments were checked before, so that only a
/// programmer's error or exhausted memory leads here.
func require(_ status: dnnl_status_t, _ operation: @autoclosure () -> String) {
    guard status != dnnl_success else { return }
    let reason =
        status == dnnl_out_of_memory
        ? "out of memory; use a smaller batch or narrower images" : "oneDNN status \(status.rawValue)"
    preconditionFailure("\(operation()): \(reason)")
}
