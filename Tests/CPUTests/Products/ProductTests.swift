import CPU
import Tensors
import TestSupport
import Testing

/// The largest difference between the outputs of a linear map and those of the reference.
private func difference(rows: Int, inner: Int, columns: Int) -> Float {
    disagreement { device in
        let input = Tensor.wave([rows, inner], on: device)
        let kernel = Tensor.wave([inner, columns], seed: 1, on: device)
        return [device.linear(input, kernel: kernel, bias: .wave([columns], seed: 2, on: device))]
    }
}

/// Rows, columns and terms around 6, 16 and 256, the sizes that the kernel for small products computes at once.
@Test(arguments: [1, 2, 3, 4, 5, 6, 7, 13], [1, 15, 16, 17, 48, 187])
func smallProductsAgreeWithTheReference(rows: Int, columns: Int) {
    for inner in [1, 3, 4, 255, 256, 257, 600] {
        #expect(difference(rows: rows, inner: inner, columns: columns) < 1e-5, "\(inner) terms")
    }
}

@Test func largeProductsAgreeWithTheReference() {
    #expect(difference(rows: 300, inner: 512, columns: 260) < 1e-5)
}

@Test func productsOfNoTermsAreTheBias() {
    #expect(difference(rows: 3, inner: 0, columns: 20) == 0)
}
