internal import COneDNN

/// Traps if oneDNN refuses an operation. Its arguments were checked before, so the reason is a programmer's error or
/// exhausted memory.
func require(_ status: dnnl_status_t, _ operation: @autoclosure () -> String) {
    guard status != dnnl_success else { return }
    let reason =
        status == dnnl_out_of_memory
        ? "out of memory; use a smaller batch or narrower images" : "oneDNN status \(status.rawValue)"
    fatalError("\(operation()): \(reason)")
}
